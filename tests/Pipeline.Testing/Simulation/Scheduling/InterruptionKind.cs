namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>What stops a process at an await.</summary>
public enum InterruptionKind
{
    None,

    /// <summary>Killed before the request is sent.</summary>
    KillBefore,

    /// <summary>Killed after the request was carried out, before its answer arrives.</summary>
    KillAfter,

    /// <summary>Paused before the request is sent.</summary>
    PauseBefore,

    /// <summary>Paused after the request was carried out, before its answer arrives.</summary>
    PauseAfter,
}
