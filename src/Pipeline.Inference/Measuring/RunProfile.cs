using System.Collections.Immutable;

namespace Pipeline.Inference.Measuring;

/// <summary>Where the time of one run went.</summary>
/// <param name="IsPlanned">Whether the run followed a plan; some of its steps may be interpreted all the same.</param>
/// <param name="ArenaBytes">What the plan's run takes beside its inputs and results; 0 where there was no plan.</param>
/// <param name="Steps">In the order in which they ran. What a run does before, between and behind them is not in any.</param>
public sealed record RunProfile(bool IsPlanned, long ArenaBytes, ImmutableArray<StepTiming> Steps);
