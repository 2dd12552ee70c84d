using System.Collections.Immutable;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.History;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">The true time.</param>
public abstract record SimulationEntry(DateTimeOffset At)
{
    /// <summary>A generation came to be; the one before, if any, is gone.</summary>
    public sealed record ObjectPut(DateTimeOffset At, ObjectVersion Version, string Content) : SimulationEntry(At);

    /// <summary>The live generation was deleted.</summary>
    public sealed record ObjectGone(DateTimeOffset At, ObjectVersion Version) : SimulationEntry(At);

    /// <summary>The platform hands an event to a worker.</summary>
    public sealed record Delivered(DateTimeOffset At, string Actor, ObjectEvent Event) : SimulationEntry(At);

    /// <summary>The worker answered it.</summary>
    public sealed record Answered(DateTimeOffset At, string Actor, ObjectEvent Event, bool Acknowledged, string Outcome) : SimulationEntry(At);

    /// <summary>A commit was accepted.</summary>
    /// <param name="Actor">The process and the piece of work that sent it, as <c>w1.2/upload7</c>.</param>
    public sealed record Committed(DateTimeOffset At, string Actor, DateTimeOffset CommitTime, ImmutableArray<DocumentChange> Changes)
        : SimulationEntry(At);

    /// <summary>A commit was refused by the store.</summary>
    public sealed record Refused(DateTimeOffset At, string Actor, string Documents, string Reason) : SimulationEntry(At);

    /// <summary>A process was started, killed, paused, woken or told to stop.</summary>
    public sealed record ProcessChanged(DateTimeOffset At, string Process, string Change) : SimulationEntry(At);

    /// <summary>A sweep begins; it may never end.</summary>
    public sealed record SweepBegan(DateTimeOffset At, string Actor) : SimulationEntry(At);

    /// <summary>A sweep ended.</summary>
    /// <param name="Undisturbed">No fault, kill or pause befell it, and it came to everything that was due: it counts towards a promise.</param>
    public sealed record Swept(DateTimeOffset At, string Actor, bool Undisturbed, string Report) : SimulationEntry(At);

    /// <summary>An operator asks for an object to be classified again.</summary>
    public sealed record RedriveAsked(DateTimeOffset At, string Actor, string Name, string Outcome) : SimulationEntry(At);

    /// <summary>A model run ended with a result, which the worker may go on to record.</summary>
    public sealed record Inferred(DateTimeOffset At, string Actor, string Content) : SimulationEntry(At);

    /// <summary>From here on nothing goes wrong any more.</summary>
    public sealed record Calmed(DateTimeOffset At) : SimulationEntry(At);

    /// <summary>Nothing is left to do: every event is acknowledged and every document has had the time it was promised.</summary>
    public sealed record Settled(DateTimeOffset At) : SimulationEntry(At);
}
