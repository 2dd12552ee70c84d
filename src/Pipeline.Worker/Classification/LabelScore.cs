namespace Pipeline.Worker.Classification;

/// <summary>A label with its score.</summary>
/// <param name="Score">Finite.</param>
/// <param name="Index">The class's index in the model's output.</param>
public readonly record struct LabelScore(string Label, double Score, int Index);
