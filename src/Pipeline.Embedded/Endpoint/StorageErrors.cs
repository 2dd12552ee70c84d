using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Multipart;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Faults as Cloud Storage's JSON API tells them.</summary>
internal static class StorageErrors
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a fault, or null where it is none that a client may see.</summary>
    public static StorageRequestException? Translate(Exception exception) => exception switch
    {
        StorageRequestException request => request,
        ObjectWriteException write => Translate(write),
        UploadSessionException session => Translate(session),
        InvalidDataException data => new(StatusCodes.Status400BadRequest, "invalid", $"The body cannot be unpacked: {data.Message}", data),
        InvalidMultipartException multipart => new(StatusCodes.Status400BadRequest, "invalid", multipart.Message, multipart),
        ObjectStoreException { Error: ObjectStoreError.PermissionDenied } read => new(403, "forbidden", read.Message, read),
        ObjectStoreException { Error: ObjectStoreError.NotFound } read => NoSuchObject(read.Bucket, read.Name, read),
        ObjectStoreException read => Unavailable(read.Message, read),
        DatabaseException database => Unavailable("The folder's database cannot be used now.", database),
        BadHttpRequestException bad => new(bad.StatusCode, "invalid", bad.Message, bad),
        _ => null,
    };

    public static async Task WriteAsync(HttpResponse response, StorageRequestException error, CancellationToken cancellationToken)
    {
        response.StatusCode = error.Status;
        if (error.Status is StatusCodes.Status304NotModified)
        {
            return;
        }

        if (error.Status is StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = "1";
        }

        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(Body(error), cancellationToken).ConfigureAwait(false);
    }

    public static StorageRequestException NoSuchObject(string bucket, string name, Exception? innerException = null) =>
        new(StatusCodes.Status404NotFound, "notFound", $"No such object: {bucket}/{name}", innerException);

    /// <param name="buckets">Those that there are: an app that asks for its own needs to be told so.</param>
    public static StorageRequestException NoSuchBucket(string bucket, IEnumerable<string> buckets) => StorageRequestException.NotFound(
        $"The specified bucket does not exist: {bucket}. Here is {string.Join(", ", buckets)}; the setting Pipeline:Buckets:0:Bucket (pipeline run --bucket) names it.");

    private static StorageRequestException Unavailable(string message, Exception cause) =>
        new(StatusCodes.Status503ServiceUnavailable, "backendError", message, cause);

    private static StorageRequestException Translate(ObjectWriteException write) => write.Error switch
    {
        ObjectWriteError.InvalidName or ObjectWriteError.InvalidDescription or ObjectWriteError.WrongContent => new(StatusCodes.Status400BadRequest, "invalid", write.Detail, write),
        ObjectWriteError.UnknownBucket => new(StatusCodes.Status404NotFound, "notFound", $"The specified bucket does not exist: {write.Bucket}", write),
        ObjectWriteError.NotFound => NoSuchObject(write.Bucket, write.Name, write),
        ObjectWriteError.ConditionNotMet => new(StatusCodes.Status412PreconditionFailed, "conditionNotMet", write.Detail, write),
        ObjectWriteError.TooLarge => new(StatusCodes.Status413PayloadTooLarge, "uploadTooLarge", write.Detail, write),
        ObjectWriteError.Interrupted => new(StatusCodes.Status408RequestTimeout, "uploadBrokenConnection", write.Detail, write),
        ObjectWriteError.Full => new(StatusCodes.Status507InsufficientStorage, "quotaExceeded", "The disk is full.", write),
        ObjectWriteError.PermissionDenied => new(StatusCodes.Status403Forbidden, "forbidden", "The bucket's folder may not be written.", write),
        _ => Unavailable("The bucket's folder cannot be used now.", write),
    };

    private static StorageRequestException Translate(UploadSessionException session) => session.Error switch
    {
        UploadSessionError.Unknown => new(StatusCodes.Status404NotFound, "notFound", session.Detail, session),
        UploadSessionError.Gone => new(StatusCodes.Status410Gone, "gone", session.Detail, session),
        UploadSessionError.TooMany => new(StatusCodes.Status429TooManyRequests, "rateLimitExceeded", session.Detail, session),
        UploadSessionError.Busy => Unavailable(session.Detail, session),
        _ => new(StatusCodes.Status400BadRequest, "invalid", session.Detail, session),
    };

    private static ReadOnlyMemory<byte> Body(StorageRequestException error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteNumber("code", error.Status);
            writer.WriteString("message", error.Message);
            writer.WriteStartArray("errors");
            writer.WriteStartObject();
            writer.WriteString("message", error.Message);
            writer.WriteString("domain", "global");
            writer.WriteString("reason", error.Reason);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
