namespace Pipeline.Testing.Faults;

/// <summary>What can go wrong with one request to a document store.</summary>
public enum DocumentFault
{
    /// <summary>Not applied; <c>Unavailable</c> is reported.</summary>
    Unavailable,

    /// <summary>Not applied; <c>Aborted</c> is reported.</summary>
    Aborted,

    /// <summary>Not applied; <c>ResourceExhausted</c> is reported.</summary>
    ResourceExhausted,

    /// <summary>Not applied; <c>PermissionDenied</c> is reported.</summary>
    PermissionDenied,

    /// <summary>Not applied; <c>InvalidArgument</c> is reported.</summary>
    InvalidArgument,

    /// <summary>The request is lost on its way: not applied; <c>UnknownOutcome</c> is reported.</summary>
    RequestLost,

    /// <summary>The answer is lost on its way: applied; <c>UnknownOutcome</c> is reported.</summary>
    AnswerLost,

    /// <summary>Commits only. <c>UnknownOutcome</c> is reported at once; the commit lands later, when its sender may be sending it again.</summary>
    LandsLate,

    /// <summary>Commits only. The transport sends the commit twice and reports the second answer, which its own first one may have refused.</summary>
    SentTwice,

    /// <summary>Commits only. Not applied, though every precondition may hold; a refusal is reported.</summary>
    Refused,

    /// <summary>Not applied and never answered, until the caller cancels.</summary>
    Stalled,

    /// <summary>Handled as it should be, but later. Goes together with any of the others.</summary>
    Delayed,
}
