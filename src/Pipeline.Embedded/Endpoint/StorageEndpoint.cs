using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>
/// Cloud Storage's JSON API on a folder: uploads of each kind, download in ranges, descriptions read and changed, lists with groups, copies,
/// compositions, deletion, all with generation conditions. Parameters that it does not know are passed over.
/// </summary>
internal sealed partial class StorageEndpoint
{
    private readonly FolderObjectWriter _objects;

    public StorageEndpoint(FolderObjectWriter objects)
    {
        _objects = objects;
    }

    /// <summary>Answers one request; faults are the caller's to answer.</summary>
    public Task HandleAsync(HttpContext context) => DispatchAsync(context, StorageRequest.Of(context), context.RequestAborted);

    private Task DispatchAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        if (request.Kind is not (StorageRequestKind.Unknown or StorageRequestKind.Buckets))
        {
            CheckBucket(request.Bucket);
            CheckBucket(request.Target?.Bucket ?? request.Bucket);
        }

        var method = MethodOf(context.Request);
        return request.Kind switch
        {
            StorageRequestKind.Upload when HttpMethods.IsPost(method) => UploadAsync(context, request, cancellationToken),
            StorageRequestKind.Upload when HttpMethods.IsPut(method) => SendPieceAsync(context, request, cancellationToken),
            StorageRequestKind.Upload when HttpMethods.IsDelete(method) => CancelSessionAsync(context, request, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsGet(method) => GetAsync(context, request, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsDelete(method) => DeleteAsync(context, request, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsPatch(method) => UpdateAsync(context, request, keeps: true, cancellationToken),
            StorageRequestKind.Object when HttpMethods.IsPut(method) => UpdateAsync(context, request, keeps: false, cancellationToken),
            StorageRequestKind.Rewrite or StorageRequestKind.Copy when HttpMethods.IsPost(method) => CopyAsync(context, request, cancellationToken),
            StorageRequestKind.Move when HttpMethods.IsPost(method) => MoveAsync(context, request, cancellationToken),
            StorageRequestKind.Compose when HttpMethods.IsPost(method) => ComposeAsync(context, request, cancellationToken),
            StorageRequestKind.List when HttpMethods.IsGet(method) => ListAsync(context, request, cancellationToken),
            StorageRequestKind.Bucket when HttpMethods.IsGet(method) => JsonResponse.WriteAsync(
                context.Response, BucketResource.Write(request.Bucket, BaseUrl(context)), cancellationToken),
            StorageRequestKind.Layout when HttpMethods.IsGet(method) => JsonResponse.WriteAsync(
                context.Response, BucketResource.WriteLayout(request.Bucket), cancellationToken),
            StorageRequestKind.Folders when HttpMethods.IsGet(method) => JsonResponse.WriteAsync(context.Response, "{}"u8.ToArray(), cancellationToken),
            StorageRequestKind.Buckets when HttpMethods.IsGet(method) => JsonResponse.WriteAsync(
                context.Response, BucketResource.WriteList(_objects.Options.Buckets, BaseUrl(context)), cancellationToken),
            StorageRequestKind.Unknown => throw StorageRequestException.NotFound("This path is none of the storage API."),
            _ => throw new StorageRequestException(
                StatusCodes.Status405MethodNotAllowed, "methodNotAllowed", $"{method} is not supported on this path."),
        };
    }

    /// <summary>Google's library for Java cannot send every method, and names it in a header then.</summary>
    private static string MethodOf(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Headers["x-http-method-override"].ToString() is { Length: > 0 } method ? method : request.Method;

    private async Task DeleteAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        await _objects.DeleteAsync(
            request.Bucket, request.Name!, request.FindNumber("generation"), request.ReadConditions(), cancellationToken).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private void CheckBucket(string bucket)
    {
        if (!_objects.HasBucket(bucket))
        {
            throw StorageErrors.NoSuchBucket(bucket, _objects.Options.Buckets);
        }
    }

    private static Task WriteObjectAsync(HttpContext context, StoredObject stored, CancellationToken cancellationToken) =>
        JsonResponse.WriteAsync(context.Response, ObjectResource.Write(stored, BaseUrl(context)), cancellationToken);

    private static string BaseUrl(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";
}
