namespace Pipeline.Worker.Uploads;

/// <summary>What became of an event.</summary>
public enum EventVerdict
{
    /// <summary>The labels are written.</summary>
    Classified,

    /// <summary>A failure and its due letter are written.</summary>
    Retrying,

    /// <summary>It has failed for good, and the result says why.</summary>
    Failed,

    /// <summary>It has failed, and a parked letter waits for an operator.</summary>
    Parked,

    /// <summary>The object is gone, and the result is a tombstone.</summary>
    Deleted,

    /// <summary>This generation is done already.</summary>
    Duplicate,

    /// <summary>Another generation has taken its place.</summary>
    Superseded,

    /// <summary>Somebody else is working on it.</summary>
    InFlight,

    /// <summary>The sweep will try it when it is due.</summary>
    Deferred,

    /// <summary>Somebody else has taken the work over; the outcome is theirs.</summary>
    TakenOver,

    /// <summary>No rule matches the name.</summary>
    NoRule,

    /// <summary>A generation of the object is live, so the news that another is gone changes nothing.</summary>
    StillLive,

    /// <summary>The event's data cannot be used; a parked letter keeps it.</summary>
    BadEvent,

    /// <summary>What the platform gave up on is a due letter now.</summary>
    Captured,

    /// <summary>The caller does not own the object.</summary>
    NotOwner,

    /// <summary>The caller's quota is used up.</summary>
    OverQuota,

    /// <summary>There is no such object.</summary>
    NoObject,

    /// <summary>Not recorded: the store is unreachable or refuses.</summary>
    StoreUnavailable,

    /// <summary>Not recorded: the bucket could not be asked.</summary>
    BucketUnavailable,

    /// <summary>Not recorded: the model is still being loaded.</summary>
    ModelNotReady,

    /// <summary>Not recorded: this instance is being shut down.</summary>
    ShuttingDown,

    /// <summary>Not recorded: too many uploads are waiting.</summary>
    QueueFull,
}
