using Microsoft.AspNetCore.Http;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Multipart;

namespace Pipeline.Embedded.Endpoint.FirebaseStorage;

internal sealed partial class FirebaseStorageEndpoint
{
    private const string DefaultType = "application/octet-stream";

    private Task UploadAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        BodyRules.Apply(context);
        return UploadHeaders.ReadProtocol(context.Request, request.Query.GetValueOrDefault("uploadType")) switch
        {
            "multipart" => UploadPartsAsync(context, request, cancellationToken),
            "resumable" => ResumeAsync(context, request, cancellationToken),
            _ => UploadRawAsync(context, request, cancellationToken),
        };
    }

    private async Task UploadRawAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var (crc32C, md5) = GoogHash.Parse(context.Request.Headers["x-goog-hash"]);
        var upload = CreateUpload(request, ObjectJson.Empty, context.Request.ContentType) with { Crc32C = crc32C, Md5 = md5 };
        var stored = await _objects.UploadAsync(upload, context.Request.Body, context.Request.ContentLength, cancellationToken).ConfigureAwait(false);
        await WriteAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    private async Task UploadPartsAsync(HttpContext context, StorageRequest request, CancellationToken cancellationToken)
    {
        var parts = await MultipartRelated.OpenAsync(context.Request.ContentType, context.Request.Body, cancellationToken).ConfigureAwait(false);
        var upload = CreateUpload(request, ObjectJson.Parse(parts.Description), parts.ContentType);
        var stored = await _objects.UploadAsync(upload, parts.Content, declaredSize: null, cancellationToken).ConfigureAwait(false);
        await WriteAsync(context, stored, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="said">What the sender says of the object.</param>
    /// <param name="contentType">Of the bytes, where it does not say; null for none known.</param>
    private static ObjectUpload CreateUpload(StorageRequest request, ObjectJson said, string? contentType)
    {
        var name = request.Name is { Length: > 0 } inPath ? inPath : said.Name ?? throw StorageRequestException.Required("name");
        var description = DownloadTokens.Ensure(said.ApplyTo(ObjectDescription.Empty));
        return new ObjectUpload(
            request.Bucket,
            name,
            description with { ContentType = description.ContentType ?? (string.IsNullOrEmpty(contentType) ? DefaultType : contentType) },
            GenerationConditions.None,
            said.Crc32C,
            said.Md5);
    }
}
