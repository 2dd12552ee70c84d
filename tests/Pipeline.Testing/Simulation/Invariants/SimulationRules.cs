using Pipeline.Testing.Simulation.World;
using Pipeline.Worker.Retries;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>The configuration that invariants are judged by.</summary>
/// <param name="MaxAttempts">Claims before a document is parked.</param>
/// <param name="Lease">How long a claim lasts without renewal.</param>
/// <param name="LongestWait">The longest time to a next attempt: the largest backoff with its jitter, or the wait after a configuration failure.</param>
/// <param name="SweepPeriod">From the begin of a sweep to the begin of the next.</param>
/// <param name="SweepDuration">How long a sweep may take until it comes to a document.</param>
public sealed record SimulationRules(int MaxAttempts, TimeSpan Lease, TimeSpan LongestWait, TimeSpan SweepPeriod, TimeSpan SweepDuration)
{
    /// <summary>The longest that a document that is not done goes without an attempt, as long as no sweep is disturbed.</summary>
    public TimeSpan LongestNeglect => Lease + LongestWait + SweepPeriod + SweepDuration;

    /// <summary>The rules that a plan's configuration promises.</summary>
    public static SimulationRules Of(SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var policy = new RetryPolicy(plan.Worker.Retries, () => 1);
        return new SimulationRules(policy.MaxAttempts, plan.Worker.Lease, policy.LargestBackoff, plan.SweepPeriod, plan.Worker.Sweep.StopAfter);
    }
}
