using System.Collections.Immutable;

namespace Pipeline.Models.Package.Inferring;

/// <summary>What a model's files do not tell.</summary>
/// <param name="Paths">The JSON paths of the keys that answer it; all of them must be given.</param>
/// <param name="Reason">What is not known and why, as a sentence without a full stop.</param>
/// <param name="Choices">The likely answers, the likeliest first; at least one.</param>
public sealed record OpenQuestion(ImmutableArray<string> Paths, string Reason, ImmutableArray<LikelyAnswer> Choices);
