using Pipeline.Testing.Faults;
using Pipeline.Worker;

namespace Pipeline.Testing.Simulation.World;

/// <summary>What one run is made of. With its seed it determines the run wholly.</summary>
public sealed record SimulationPlan
{
    public required int Seed { get; init; }

    /// <summary>Worker processes that serve at the same time; one that dies is started again.</summary>
    public int Workers { get; init; } = 3;

    /// <summary>Names in the bucket.</summary>
    public int Objects { get; init; } = 2;

    /// <summary>Uploads, overwrites and deletions during the turmoil.</summary>
    public int UserActions { get; init; } = 6;

    /// <summary>Requests to classify something again.</summary>
    public int Redrives { get; init; }

    /// <summary>Writes into result documents by somebody else, who keeps every field of ours.</summary>
    public int StrangerWrites { get; init; }

    /// <summary>How long things go wrong; then they go right until all is settled.</summary>
    public TimeSpan Turmoil { get; init; } = TimeSpan.FromMinutes(15);

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The chance of being killed at an await.</summary>
    public double KillRate { get; init; }

    /// <summary>The chance of being paused at an await.</summary>
    public double PauseRate { get; init; }

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The chance that a model is still being loaded when it is asked for.</summary>
    public double ModelNotReadyRate { get; init; }

    /// <summary>Orderly shutdowns.</summary>
    public int Shutdowns { get; init; }

    /// <summary>The largest error of a worker's wall clock, either way; it also jumps back once.</summary>
    public TimeSpan LargestSkew { get; init; }

    /// <summary>The chance that an event is delivered more often than needed.</summary>
    public double DuplicateRate { get; init; }

    /// <summary>The chance that a delivery comes many minutes late, and so out of order.</summary>
    public double LateRate { get; init; }

    /// <summary>The chance that a sweep is started twice at once.</summary>
    public double DoubleSweepRate { get; init; }

    /// <summary>A re-created object may get a lower generation than the deleted one.</summary>
    public bool GenerationsMayDecrease { get; init; }

    /// <summary>What kinds of content are uploaded, by the weight of the letters: see <see cref="ContentKinds"/>.</summary>
    public string ContentMix { get; init; } = "GGGGSFHPXU";

    /// <summary>The configuration of the workers.</summary>
    public required WorkerOptions Worker { get; init; }

    public TimeSpan SweepPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the platform waits for an answer before it delivers again.</summary>
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After this time the platform gives an event up to its dead-letter topic.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromMinutes(10);
}
