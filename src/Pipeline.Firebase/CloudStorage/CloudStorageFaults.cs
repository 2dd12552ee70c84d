using System.Net;
using Google;
using Pipeline.Firebase.Firestore;
using Pipeline.Firebase.Identity;
using Pipeline.Worker.Uploads;

namespace Pipeline.Firebase.CloudStorage;

/// <summary>What a fault of Cloud Storage's, or of the way to it, means.</summary>
internal static class CloudStorageFaults
{
    /// <summary>Whether the same request may succeed a moment later.</summary>
    public static bool MayPass(ObjectStoreError error) => error is ObjectStoreError.Unavailable or ObjectStoreError.ChecksumMismatch;

    /// <summary>The class and what is said of it.</summary>
    /// <param name="exception">Anything that a request has thrown but the caller's own cancellation.</param>
    public static (ObjectStoreError Error, string Detail) Of(Exception exception) => exception switch
    {
        AccessTokenException token => (token.IsTransient ? ObjectStoreError.Unavailable : ObjectStoreError.PermissionDenied, FirestoreFault.Line(token.Message)),
        GoogleApiException { HttpStatusCode: not 0 } answer => (Class(answer), $"HTTP {(int)answer.HttpStatusCode}: {Reason(answer)}"),
        GoogleApiException answer => (ObjectStoreError.Unavailable, $"an answer that cannot be read: {FirestoreFault.Line(answer.Message)}"),
        _ => (ObjectStoreError.Unavailable, FirestoreFault.Line(exception.Message)),
    };

    private static ObjectStoreError Class(GoogleApiException answer) => answer.HttpStatusCode switch
    {
        // Not every 404: one of another server, or of a bucket that is not there, must not pass for an object's deletion.
        HttpStatusCode.NotFound => SpeaksOfObject(answer) ? ObjectStoreError.NotFound : ObjectStoreError.PermissionDenied,

        // Of the preconditions only the generation's is ever sent.
        HttpStatusCode.PreconditionFailed => ObjectStoreError.NotFound,
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests => ObjectStoreError.Unavailable,
        HttpStatusCode.Forbidden when IsRate(answer) => ObjectStoreError.Unavailable,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ObjectStoreError.PermissionDenied,
        _ => ObjectStoreError.Unavailable,
    };

    /// <summary>
    /// A missing bucket and a missing object have the same code and the same reason; only the sentence differs. Where media is asked for, the sentence is
    /// all there is.
    /// </summary>
    private static bool SpeaksOfObject(GoogleApiException answer) =>
        Text(answer).StartsWith("No such object", StringComparison.OrdinalIgnoreCase)
        || answer.Error is { Code: (int)HttpStatusCode.NotFound } && !Text(answer).Contains("bucket", StringComparison.OrdinalIgnoreCase);

    private static bool IsRate(GoogleApiException answer) =>
        answer.Error?.Errors?.Any(static error => error.Reason is "rateLimitExceeded" or "userRateLimitExceeded") == true;

    private static string Reason(GoogleApiException answer) => answer.HttpStatusCode switch
    {
        HttpStatusCode.PreconditionFailed => "this generation is gone, another is live.",
        HttpStatusCode.NotFound when SpeaksOfObject(answer) => "this generation is gone and no other is live.",
        _ => FirestoreFault.Line(Text(answer)),
    };

    private static string Text(GoogleApiException answer) => answer.Error switch
    {
        { Message: { Length: > 0 } message } => message,
        { ErrorResponseContent: { Length: > 0 } content } => content,
        _ => answer.Message,
    };
}
