namespace Pipeline.Firebase.Firestore;

/// <summary>The codes of <c>google.rpc.Code</c>.</summary>
internal enum FirestoreStatus
{
    Cancelled,
    Unknown,
    InvalidArgument,
    DeadlineExceeded,
    NotFound,
    AlreadyExists,
    PermissionDenied,
    ResourceExhausted,
    FailedPrecondition,
    Aborted,
    OutOfRange,
    Unimplemented,
    Internal,
    Unavailable,
    DataLoss,
    Unauthenticated,
}
