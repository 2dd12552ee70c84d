namespace Pipeline.Models.Package;

/// <summary>A class with its score.</summary>
/// <param name="Score">Finite.</param>
/// <param name="Index">The class's index in the model's output.</param>
public readonly record struct ScoredLabel(string Label, double Score, int Index);
