using System.Collections.Immutable;

namespace Pipeline.Worker.Classification;

/// <summary>What a model says of a picture.</summary>
/// <param name="Label">The best label that passes its threshold, or null.</param>
/// <param name="Score">The score of <paramref name="Label"/>, or null with it. Finite.</param>
/// <param name="Labels">Top-k, best first.</param>
public sealed record ImageClassification(
    string? Label,
    double? Score,
    ImmutableArray<LabelScore> Labels,
    ModelIdentity Model,
    ImageFacts Image,
    ClassificationTimings Timings);
