using System.Globalization;
using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    private const int Cancelled = 499;

    private async Task StartSessionAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var headers = context.Request.Headers;
        var json = await ObjectJson.ReadAsync(BodyRules.OpenDescription(context.Request), cancellationToken).ConfigureAwait(false);
        var upload = Describe(context.Request, request, json, headers["x-upload-content-type"]);
        var session = await _objects.Sessions.StartAsync(upload, ReadSize(headers["x-upload-content-length"]), cancellationToken).ConfigureAwait(false);
        context.Response.Headers.Location =
            $"{BaseUrl(context)}/upload/storage/v1/b/{request.Bucket}/o?uploadType=resumable&name={Uri.EscapeDataString(upload.Name)}&upload_id={session}";
        context.Response.Headers["x-guploader-uploadid"] = session;
        context.Response.ContentLength = 0;
    }

    private async Task SendPieceAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        BodyRules.Apply(context);
        var (crc32C, md5) = GoogHash.Parse(context.Request.Headers["x-goog-hash"]);
        var chunk = ContentRange.Read(context.Request.Headers.ContentRange, context.Request.ContentLength) with { Crc32C = crc32C, Md5 = md5 };
        try
        {
            var progress = await _objects.Sessions.AppendAsync(
                SessionOf(request), chunk, chunk.Length == 0 ? Stream.Null : context.Request.Body, cancellationToken).ConfigureAwait(false);
            if (progress.Object is { } stored)
            {
                await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                AnswerReceived(context.Response, progress.Received);
            }
        }
        catch (UploadSessionException exception) when (exception.Error == UploadSessionError.Gap)
        {
            // How far the upload is: the client goes on from there.
            AnswerReceived(context.Response, exception.Received);
        }
    }

    private async Task CancelSessionAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        await _objects.Sessions.CancelAsync(SessionOf(request), cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = Cancelled;
        context.Response.ContentLength = 0;
    }

    private static void AnswerReceived(HttpResponse response, long received)
    {
        response.StatusCode = StatusCodes.Status308PermanentRedirect;
        response.ContentLength = 0;
        if (received > 0)
        {
            response.Headers.Range = $"bytes=0-{received - 1}";
        }
    }

    private static string SessionOf(StorageRequest request) =>
        request.Query.GetValueOrDefault("upload_id") is { Length: > 0 } session ? session : throw StorageRequestException.Required("upload_id");

    private static long? ReadSize(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw StorageRequestException.Invalid($"x-upload-content-length is '{text}'; it must be a number of bytes.");
    }
}
