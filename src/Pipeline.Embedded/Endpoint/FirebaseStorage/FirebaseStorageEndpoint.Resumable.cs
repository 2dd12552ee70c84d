using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

internal sealed partial class FirebaseStorageEndpoint
{
    private const string SessionParameter = "upload_id";

    private Task ResumeAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken) =>
        UploadHeaders.ReadCommand(context.Request) switch
        {
            UploadCommand.Start => StartAsync(context, request, cancellationToken),
            UploadCommand.Query => QueryAsync(context, request, cancellationToken),
            UploadCommand.Cancel => CancelAsync(context, request, cancellationToken),
            var command => SendAsync(context, request, command, cancellationToken),
        };

    private async Task StartAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var said = await ObjectJson.ReadAsync(context.Request.Body, cancellationToken).ConfigureAwait(false);
        var upload = CreateUpload(request, said, UploadHeaders.ReadContentType(context.Request));
        var id = await _objects.Sessions.StartAsync(
            upload, UploadHeaders.ReadTotal(context.Request), UploadProtocol.Commands, cancellationToken).ConfigureAwait(false);
        var headers = context.Response.Headers;
        var url = $"{context.Request.Scheme}://{context.Request.Host}/v0/b/{Uri.EscapeDataString(upload.Bucket)}/o"
            + $"?name={Uri.EscapeDataString(upload.Name)}&{SessionParameter}={id}&upload_protocol=resumable";
        headers["x-goog-upload-url"] = url;
        headers["x-goog-upload-control-url"] = url;
        headers["x-goog-upload-chunk-granularity"] = UploadHeaders.Granularity.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["x-guploader-uploadid"] = id;
        UploadHeaders.Write(context.Response, UploadHeaders.Active, received: null);
        context.Response.ContentLength = 0;
    }

    private async Task SendAsync(HttpContext context, StorageRequest request, UploadCommand command, CancellationToken cancellationToken)
    {
        var session = await FindSessionAsync(request, cancellationToken).ConfigureAwait(false);
        var sends = command.HasFlag(UploadCommand.Upload);
        var ends = command.HasFlag(UploadCommand.Finalize);
        if (session.Generation is not null && !ends)
        {
            throw AlreadyFinished(context.Response, session);
        }

        var chunk = new UploadChunk(
            sends ? UploadHeaders.ReadOffset(context.Request) : null, sends ? context.Request.ContentLength : 0, session.Total, EndsObject: ends);
        try
        {
            // What came before the sender went away counts, so its going away does not stop the writing.
            var progress = await _objects.Sessions.AppendAsync(session.Id, chunk, context.Request.Body, CancellationToken.None).ConfigureAwait(false);
            UploadHeaders.Write(context.Response, progress.Object is null ? UploadHeaders.Active : UploadHeaders.Final, progress.Received);
            if (progress.Object is { } stored)
            {
                await WriteAsync(context, stored, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                context.Response.ContentLength = 0;
            }
        }
        catch (UploadSessionException exception) when (exception.Error is UploadSessionError.Gap or UploadSessionError.WrongSize)
        {
            UploadHeaders.Write(context.Response, UploadHeaders.Active, exception.Received);
            throw;
        }
        catch (ObjectWriteException exception) when (UploadSessions.IsFinal(exception.Error))
        {
            UploadHeaders.Write(context.Response, UploadHeaders.Final, received: null);
            throw;
        }
    }

    private async Task QueryAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var session = await FindSessionAsync(request, cancellationToken).ConfigureAwait(false);
        var received = session.Generation is not null && session.Total is not null
            ? session.Total
            : (await _objects.Sessions.AppendAsync(session.Id, UploadChunk.Nothing, Stream.Null, cancellationToken).ConfigureAwait(false)).Received;
        UploadHeaders.Write(context.Response, session.Generation is null ? UploadHeaders.Active : UploadHeaders.Final, received);
        context.Response.ContentLength = 0;
    }

    private async Task CancelAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var session = await FindSessionAsync(request, cancellationToken).ConfigureAwait(false);
        if (session.Generation is not null)
        {
            throw AlreadyFinished(context.Response, session);
        }

        await _objects.Sessions.CancelAsync(session.Id, cancellationToken).ConfigureAwait(false);
        UploadHeaders.Write(context.Response, UploadHeaders.Cancelled, received: null);
        context.Response.ContentLength = 0;
    }

    /// <summary>The upload that the URL names: one of this protocol, to this object.</summary>
    private async Task<UploadSession> FindSessionAsync(StorageRequest request, CancellationToken cancellationToken)
    {
        var id = request.Query.GetValueOrDefault(SessionParameter) is { Length: > 0 } given ? given : throw StorageRequestException.Required(SessionParameter);
        var session = await _objects.Sessions.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return session is { Protocol: UploadProtocol.Commands } && session.Upload.Bucket == request.Bucket && session.Upload.Name == (request.Name ?? session.Upload.Name)
            ? session
            : throw StorageRequestException.NotFound("There is no such upload: it was cancelled, its time is up, or it never began.");
    }

    private static StorageRequestException AlreadyFinished(HttpResponse response, UploadSession session)
    {
        UploadHeaders.Write(response, UploadHeaders.Final, session.Total);
        return StorageRequestException.Invalid("The upload is finished already.");
    }
}
