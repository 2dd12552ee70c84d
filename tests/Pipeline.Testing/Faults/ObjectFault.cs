namespace Pipeline.Testing.Faults;

/// <summary>What can go wrong with one request to an object store.</summary>
public enum ObjectFault
{
    /// <summary><c>Unavailable</c> is reported: unreachable, throttled, or the body breaks off and the store notices.</summary>
    Unavailable,

    /// <summary>The object is said to be gone though it is there.</summary>
    NotFound,

    /// <summary>Downloads only. <c>TooLarge</c> is reported.</summary>
    TooLarge,

    /// <summary><c>PermissionDenied</c> is reported.</summary>
    PermissionDenied,

    /// <summary>Downloads only. <c>ChecksumMismatch</c> is reported.</summary>
    ChecksumMismatch,

    /// <summary>Downloads only. The first part of the body is handed over as if it were whole: a store that does not check what it reads.</summary>
    CutBody,

    /// <summary>Downloads only. One byte of the body is another: a store that does not check what it reads.</summary>
    CorruptBody,

    /// <summary>Never answered, until the caller cancels.</summary>
    Stalled,

    /// <summary>Handled as it should be, but later. Goes together with any of the others.</summary>
    Delayed,
}
