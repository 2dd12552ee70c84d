namespace Pipeline.Models.Package.Inferring;

/// <summary>A resize within a graph.</summary>
/// <param name="Method">As the manifest calls it.</param>
internal sealed record GraphResize(string Method, bool AlignCorners, int Width, int Height);
