namespace Pipeline.Worker.Ledger;

/// <summary>What a result document says to a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>There is no document: claim it as the first.</summary>
    First,

    /// <summary>The document speaks of another generation that this one replaces.</summary>
    Newer,

    /// <summary>The retry is due.</summary>
    Retry,

    /// <summary>The lease is over and attempts are left.</summary>
    TakeOver,

    /// <summary>The lease is over and no attempt is left: to be parked, unclaimed.</summary>
    Exhausted,

    /// <summary>The document may speak of a newer generation; the object's live generation decides.</summary>
    AskLive,

    /// <summary>This generation is done: classified, failed or deleted.</summary>
    Duplicate,

    /// <summary>Another generation has taken its place.</summary>
    Superseded,

    /// <summary>Somebody is working on it.</summary>
    InFlight,

    /// <summary>The sweep will try it again when its letter is due.</summary>
    Deferred,
}
