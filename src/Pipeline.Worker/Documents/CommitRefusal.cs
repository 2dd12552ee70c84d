namespace Pipeline.Worker.Documents;

/// <summary>Why a precondition refused a commit, in Firestore's words.</summary>
public enum CommitRefusal
{
    /// <summary>The document was to be new and is there.</summary>
    AlreadyExists,

    /// <summary>The document was to be there and is not.</summary>
    NotFound,

    /// <summary>The document has changed since it was read.</summary>
    FailedPrecondition,
}
