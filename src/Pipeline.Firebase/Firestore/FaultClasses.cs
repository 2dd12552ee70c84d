using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Firestore;

/// <summary>What a fault means to the caller: a refusal, or an exception of which class.</summary>
internal static class FaultClasses
{
    public const string Get = "get";
    public const string Commit = "commit";
    public const string Query = "query";

    /// <summary>
    /// The refusal that a failed commit is; null where it is none. Only a commit with a precondition can be refused: the same statuses also say
    /// that the database does not exist or is in another mode. Where both are possible the caller reads next, and learns it there.
    /// </summary>
    public static CommitRefusal? RefusalOf(FirestoreFault fault, IReadOnlyList<DocumentWrite> writes)
    {
        if (fault.Origin != FaultOrigin.Answer)
        {
            return null;
        }

        return fault.Status switch
        {
            FirestoreStatus.AlreadyExists when writes.Any(static write => write.Precondition is DocumentPrecondition.Existence { Exists: false })
                => CommitRefusal.AlreadyExists,
            FirestoreStatus.NotFound when writes.Any(static write => write.Precondition is DocumentPrecondition.Existence { Exists: true } or DocumentPrecondition.Version)
                => CommitRefusal.NotFound,
            FirestoreStatus.InvalidArgument when IsNewerThanStored(fault) => CommitRefusal.FailedPrecondition,
            FirestoreStatus.FailedPrecondition when writes.Any(static write => write.Precondition is not DocumentPrecondition.Nothing)
                => CommitRefusal.FailedPrecondition,
            _ => null,
        };
    }

    /// <summary>The emulator's answer to a version that is newer than the stored one, as after a restored backup.</summary>
    private static bool IsNewerThanStored(FirestoreFault fault) => fault.Message.Contains("base version", StringComparison.Ordinal);

    public static DocumentStoreException ToException(string operation, FirestoreFaultException exception)
    {
        var fault = exception.Fault;
        return new DocumentStoreException(ErrorOf(operation == Commit, fault), operation, fault.Message, exception.InnerException ?? exception);
    }

    private static DocumentStoreError ErrorOf(bool isCommit, FirestoreFault fault) => fault.Origin switch
    {
        FaultOrigin.NotSent => fault.Status == FirestoreStatus.PermissionDenied ? DocumentStoreError.PermissionDenied : DocumentStoreError.Unavailable,
        FaultOrigin.TooLarge when !isCommit => DocumentStoreError.InvalidArgument,
        FaultOrigin.Answer => ErrorOf(isCommit, fault.Status),
        _ => Unsure(isCommit),
    };

    private static DocumentStoreError ErrorOf(bool isCommit, FirestoreStatus status) => status switch
    {
        FirestoreStatus.Aborted => DocumentStoreError.Aborted,
        FirestoreStatus.ResourceExhausted => DocumentStoreError.ResourceExhausted,
        FirestoreStatus.PermissionDenied or FirestoreStatus.Unauthenticated or FirestoreStatus.NotFound => DocumentStoreError.PermissionDenied,
        FirestoreStatus.InvalidArgument or FirestoreStatus.OutOfRange or FirestoreStatus.Unimplemented
            or FirestoreStatus.FailedPrecondition or FirestoreStatus.AlreadyExists => DocumentStoreError.InvalidArgument,
        _ => Unsure(isCommit),
    };

    /// <summary>A server that says "unavailable" or "internal" may have passed the commit on before.</summary>
    private static DocumentStoreError Unsure(bool isCommit) => isCommit ? DocumentStoreError.UnknownOutcome : DocumentStoreError.Unavailable;
}
