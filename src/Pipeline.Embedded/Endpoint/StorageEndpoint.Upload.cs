using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    private async Task UploadAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        switch (request.Query.GetValueOrDefault("uploadType"))
        {
            case "media":
                break;
            case null:
                throw StorageRequestException.Required("uploadType");
            case var other:
                throw StorageRequestException.Invalid($"uploadType is '{other}'; this endpoint takes 'media'.");
        }

        if (string.IsNullOrEmpty(request.Name))
        {
            throw StorageRequestException.Required("name");
        }

        // The folder has its own limit, and its answer names both numbers.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var (crc32C, md5) = GoogHash.Parse(context.Request.Headers["x-goog-hash"]);
        var upload = new ObjectUpload(
            request.Bucket,
            request.Name,
            new ObjectDescription(TextOrNull(context.Request.ContentType), TextOrNull(request.Query.GetValueOrDefault("contentEncoding"))),
            request.ReadConditions(),
            crc32C,
            md5);
        var stored = await _objects.UploadAsync(upload, context.Request.Body, context.Request.ContentLength, cancellationToken).ConfigureAwait(false);
        await WriteJsonAsync(context.Response, ObjectResource.Write(stored, BaseUrl(context)), cancellationToken).ConfigureAwait(false);
    }

    private static string? TextOrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
