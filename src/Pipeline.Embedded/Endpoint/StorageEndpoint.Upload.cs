using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Multipart;

namespace Pipeline.Embedded.Endpoint;

internal sealed partial class StorageEndpoint
{
    private async Task UploadAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var http = context.Request;
        switch (request.Query.GetValueOrDefault("uploadType"))
        {
            case "media":
                BodyRules.Apply(context);
                await StoreAsync(Describe(http, request, ObjectJson.Empty, http.ContentType), http.Body, http.ContentLength).ConfigureAwait(false);
                break;
            case "multipart":
                BodyRules.Apply(context);
                var parts = await MultipartRelated.OpenAsync(http.ContentType, http.Body, cancellationToken).ConfigureAwait(false);
                var described = Describe(http, request, ObjectJson.Parse(parts.Description), parts.ContentType);
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

    private static string? TextOrNull(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
