namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>How one await of a process is interrupted.</summary>
/// <param name="Duration">Of a pause.</param>
/// <param name="ClockStands">The process's monotonic clock stands still meanwhile.</param>
public readonly record struct Interruption(InterruptionKind Kind, TimeSpan Duration = default, bool ClockStands = false)
{
    public static Interruption None { get; }
}
