using System.Collections.Immutable;

namespace Pipeline.Models.Package;

/// <summary>What a model says of one picture.</summary>
/// <param name="Label">The label with the highest score of those that reach their threshold, of equals the first class; null where none does.</param>
/// <param name="Score">The score of <paramref name="Label"/>, or null with it.</param>
/// <param name="Labels">The best classes whatever their thresholds, best first, of equals the first class; ignored ones left out.</param>
public sealed record Ranking(string? Label, double? Score, ImmutableArray<ScoredLabel> Labels);
