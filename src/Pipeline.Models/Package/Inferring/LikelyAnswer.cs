using System.Collections.Immutable;

namespace Pipeline.Models.Package.Inferring;

/// <summary>An answer to an <see cref="OpenQuestion"/>.</summary>
/// <param name="Meaning">What it stands for, as the beginning of a sentence.</param>
/// <param name="Values">One for each of the question's paths.</param>
public sealed record LikelyAnswer(string Meaning, ImmutableArray<InferredValue> Values);
