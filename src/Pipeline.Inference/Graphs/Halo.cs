namespace Pipeline.Inference.Graphs;

/// <summary>Rows and columns kept free around a picture.</summary>
public readonly record struct Halo(int Top, int Left, int Bottom, int Right);
