using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Multipart;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    private async Task UploadAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        CheckEncoding(context.Request);
        RemoveBodyLimit(context);
        var body = context.Request.Body;
        var contentType = context.Request.ContentType;
        switch (request.Query.GetValueOrDefault("uploadType"))
        {
            case "media":
                var media = Describe(context.Request, request, ObjectJson.Empty, contentType);
                await StoreAsync(media, body, context.Request.ContentLength).ConfigureAwait(false);
                break;
            case "multipart":
                var parts = await MultipartRelated.OpenAsync(contentType, body, cancellationToken).ConfigureAwait(false);
                var described = Describe(context.Request, request, ObjectJson.Parse(parts.Description), parts.ContentType);
                await StoreAsync(described, parts.Content, declaredSize: null).ConfigureAwait(false);
                break;
            case "resumable":
                await StartSessionAsync(context, request, cancellationToken).ConfigureAwait(false);
                break;
            case null:
                throw StorageRequestException.Required("uploadType");
            case var other:
                throw StorageRequestException.Invalid($"uploadType is '{other}'; it must be 'media', 'multipart' or 'resumable'.");
        }

        async Task StoreAsync(ObjectUpload upload, Stream content, long? declaredSize)
        {
            var stored = await _objects.UploadAsync(upload, content, declaredSize, cancellationToken).ConfigureAwait(false);
            await WriteObjectAsync(context, stored, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The object that an upload will be.</summary>
    /// <param name="json">What the client says of it.</param>
    /// <param name="contentType">Its type, where the JSON does not say one.</param>
    private static ObjectUpload Describe(HttpRequest http, StorageRequest request, ObjectJson json, string? contentType)
    {
        var name = string.IsNullOrEmpty(request.Name) ? json.Name : request.Name;
        if (string.IsNullOrEmpty(name))
        {
            throw StorageRequestException.Required("name");
        }

        var description = json.ApplyTo(ObjectDescription.Empty);
        var (crc32C, md5) = GoogHash.Parse(http.Headers["x-goog-hash"]);
        return new ObjectUpload(
            request.Bucket,
            name,
            description with
            {
                ContentType = description.ContentType ?? TextOrNull(contentType),
                ContentEncoding = description.ContentEncoding ?? TextOrNull(request.Query.GetValueOrDefault("contentEncoding")),
            },
            request.ReadConditions(),
            json.Crc32C ?? crc32C,
            json.Md5 ?? md5);
    }

    /// <summary>Bytes are stored as they come: unpacking what was packed for the way only is not this endpoint's.</summary>
    private static void CheckEncoding(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageRequestException(
                StatusCodes.Status415UnsupportedMediaType,
                "invalid",
                $"The request has Content-Encoding '{encoding}'; send the bytes as they are to be stored, and name the encoding as 'contentEncoding'.");
        }
    }

    /// <summary>The folder has its own limit, and its answer names both numbers.</summary>
    private static void RemoveBodyLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    private static string? TextOrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
