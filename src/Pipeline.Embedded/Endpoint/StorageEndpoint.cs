using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Cloud Storage's JSON API on a folder: media upload, metadata, media download in ranges, list with groups, delete, with generation conditions.</summary>
internal sealed partial class StorageEndpoint
{
    private readonly FolderObjectWriter _objects;

    public StorageEndpoint(FolderObjectWriter objects)
    {
        _objects = objects;
    }

    /// <summary>Answers one request, faults included.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        try
        {
            var request = StorageRequest.Parse(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            await DispatchAsync(context, request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nobody listens any more.
        }
        catch (Exception exception) when (!context.Response.HasStarted && StorageErrors.Translate(exception) is { } error)
        {
            await StorageErrors.WriteAsync(context.Response, error, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task DispatchAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind != StorageRequestKind.Unknown && !_objects.HasBucket(request.Bucket))
        {
            throw StorageErrors.NoSuchBucket(request.Bucket, _objects.Options.Buckets);
        }

        var method = context.Request.Method;
        return request.Kind switch
        {
            StorageRequestKind.Upload when HttpMethods.IsPost(method) => UploadAsync(context, request, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsGet(method) => GetAsync(context, request, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsDelete(method) => DeleteAsync(context, request, cancellationToken),
            StorageRequestKind.List when HttpMethods.IsGet(method) => ListAsync(context, request, cancellationToken),
            StorageRequestKind.Bucket when HttpMethods.IsGet(method) => WriteJsonAsync(
                context.Response, BucketResource.Write(request.Bucket, BaseUrl(context)), cancellationToken),
            StorageRequestKind.Unknown => throw StorageRequestException.NotFound("This path is none of the storage API."),
            _ => throw new StorageRequestException(
                StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", $"{method} is not supported on this path."),
        };
    }

    private async Task DeleteAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        await _objects.DeleteAsync(
            request.Bucket, request.Name!, request.FindNumber("generation"), request.ReadConditions(), cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string BaseUrl(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    private static async Task WriteJsonAsync(HttpResponse response, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        await response.Body.WriteAsync(json, cancellationToken).ConfigureAwait(false);
    }
}
