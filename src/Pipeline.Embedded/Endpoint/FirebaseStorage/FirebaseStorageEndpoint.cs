using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

/// <summary>
/// The protocol of Firebase's own SDKs, all of it under <c>/v0/b/BUCKET/o</c>: one-shot and resumable uploads, metadata, downloads by link, lists,
/// deletion. Security rules are not evaluated: <c>Authorization</c> may say anything, every caller may do everything.
/// </summary>
internal sealed partial class FirebaseStorageEndpoint
{
    private const int MaxReasonLength = 300;

    private readonly FolderObjectWriter _objects;

    public FirebaseStorageEndpoint(FolderObjectWriter objects)
    {
        _objects = objects;
    }

    /// <summary>Answers one request; faults are the caller's to answer.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context, StorageRequest.Of(context), context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (!context.Response.HasStarted && StorageErrors.Translate(exception) is { } error)
        {
            // The SDK shows the status line's text, not the body.
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = ReasonPhrase(error.Message);
            throw error;
        }
    }

    private Task DispatchAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not (StorageRequestKind.FirebaseBucket or StorageRequestKind.FirebaseObject))
        {
            throw StorageRequestException.NotFound("This path is none of Firebase's storage protocol.");
        }

        if (!_objects.HasBucket(request.Bucket))
        {
            throw StorageErrors.NoSuchBucket(request.Bucket, _objects.Options.Buckets);
        }

        var isObject = request.Kind == StorageRequestKind.FirebaseObject;
        return Method(context.Request) switch
        {
            "GET" or "HEAD" when isObject => GetAsync(context, request, cancellationToken),
            "GET" or "HEAD" => ListAsync(context, request, cancellationToken),
            "PATCH" when isObject => UpdateAsync(context, request, cancellationToken),
            "DELETE" when isObject => DeleteAsync(context, request, cancellationToken),
            "POST" or "PUT" when isObject && IsAboutTokens(request) => ChangeTokensAsync(context, request, cancellationToken),
            "POST" or "PUT" => UploadAsync(context, request, cancellationToken),
            var method => throw new StorageRequestException(
                StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", $"{method} is not supported on this path."),
        };
    }

    /// <summary>Clients whose HTTP library cannot send PATCH say so in a header.</summary>
    private static string Method(HttpRequest request) =>
        request.Headers["X-HTTP-Method-Override"].ToString() is { Length: > 0 } method && request.Method is "POST" or "PUT"
            ? method.ToUpperInvariant()
            : request.Method;

    private static string ReasonPhrase(string message) =>
        string.Concat(message.Take(MaxReasonLength).Select(static c => c is >= ' ' and <= '~' ? c : '?'));
}
