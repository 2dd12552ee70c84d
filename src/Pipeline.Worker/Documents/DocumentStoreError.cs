namespace Pipeline.Worker.Documents;

/// <summary>Why a store gave no usable answer.</summary>
public enum DocumentStoreError
{
    /// <summary>Unreachable, locked, or refusing for a moment. A commit was not applied.</summary>
    Unavailable,

    /// <summary>Time ran out or the connection broke: a commit <b>may have been applied</b>, or may be yet.</summary>
    UnknownOutcome,

    /// <summary>Contention: nothing was applied, the same commit may succeed later.</summary>
    Aborted,

    /// <summary>Quota or disk space is used up. Nothing was applied.</summary>
    ResourceExhausted,

    /// <summary>The caller may not do this, or the database does not exist. Nothing was applied.</summary>
    PermissionDenied,

    /// <summary>The request itself is wrong; sending it again cannot help. Nothing was applied.</summary>
    InvalidArgument,
}
