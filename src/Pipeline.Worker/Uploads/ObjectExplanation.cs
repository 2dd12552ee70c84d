using System.Collections.Immutable;

namespace Pipeline.Worker.Uploads;

/// <summary>What the rules say of an object.</summary>
/// <param name="Rules">One for each rule, in order.</param>
/// <param name="Target">What is done with it; null where it is ignored.</param>
/// <param name="Problem">Why it is ignored although a rule may match, or why its type is refused, without a full stop; null where neither.</param>
public sealed record ObjectExplanation(ImmutableArray<RuleVerdict> Rules, UploadTarget? Target, string? Problem);
