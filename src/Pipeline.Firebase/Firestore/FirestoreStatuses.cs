using System.Net;

namespace Pipeline.Firebase.Firestore;

/// <summary>How statuses are written, and which one an answer without any has.</summary>
internal static class FirestoreStatuses
{
    private static readonly Dictionary<string, FirestoreStatus> ByName = new(StringComparer.Ordinal)
    {
        ["CANCELLED"] = FirestoreStatus.Cancelled,
        ["UNKNOWN"] = FirestoreStatus.Unknown,
        ["INVALID_ARGUMENT"] = FirestoreStatus.InvalidArgument,
        ["DEADLINE_EXCEEDED"] = FirestoreStatus.DeadlineExceeded,
        ["NOT_FOUND"] = FirestoreStatus.NotFound,
        ["ALREADY_EXISTS"] = FirestoreStatus.AlreadyExists,
        ["PERMISSION_DENIED"] = FirestoreStatus.PermissionDenied,
        ["RESOURCE_EXHAUSTED"] = FirestoreStatus.ResourceExhausted,
        ["FAILED_PRECONDITION"] = FirestoreStatus.FailedPrecondition,
        ["ABORTED"] = FirestoreStatus.Aborted,
        ["OUT_OF_RANGE"] = FirestoreStatus.OutOfRange,
        ["UNIMPLEMENTED"] = FirestoreStatus.Unimplemented,
        ["INTERNAL"] = FirestoreStatus.Internal,
        ["UNAVAILABLE"] = FirestoreStatus.Unavailable,
        ["DATA_LOSS"] = FirestoreStatus.DataLoss,
        ["UNAUTHENTICATED"] = FirestoreStatus.Unauthenticated,
    };

    /// <summary>The status that a body names; null for a name that is not known.</summary>
    public static FirestoreStatus? Of(string? name) => name is not null && ByName.TryGetValue(name, out var status) ? status : null;

    /// <summary>
    /// What an answer without a body of Firestore's means: it comes from something on the way. A 409 says nothing, because it has two meanings;
    /// a 404 says that there is no Firestore at this address.
    /// </summary>
    public static FirestoreStatus Of(HttpStatusCode code) => code switch
    {
        HttpStatusCode.Unauthorized => FirestoreStatus.Unauthenticated,
        HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired => FirestoreStatus.PermissionDenied,
        HttpStatusCode.NotFound => FirestoreStatus.NotFound,
        HttpStatusCode.TooManyRequests => FirestoreStatus.ResourceExhausted,
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway => FirestoreStatus.Unavailable,
        HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout => FirestoreStatus.DeadlineExceeded,
        HttpStatusCode.NotImplemented => FirestoreStatus.Unimplemented,
        HttpStatusCode.InternalServerError => FirestoreStatus.Internal,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.MethodNotAllowed
            => FirestoreStatus.InvalidArgument,
        _ => FirestoreStatus.Unknown,
    };
}
