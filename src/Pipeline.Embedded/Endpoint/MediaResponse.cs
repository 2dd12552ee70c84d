using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Endpoint;

/// <summary>An object's bytes, or the range of them that was asked for, with what is known of it in the headers.</summary>
internal static class MediaResponse
{
    /// <exception cref="StorageRequestException">The content is gone, or the range begins behind the end.</exception>
    public static async Task WriteAsync(HttpContext context, FolderObjectStore objects, StoredObject stored, CancellationToken cancellationToken)
    {
        var response = context.Response;
        var part = ByteSpan.Read(context.Request.Headers.Range, stored.Content.Size);
        var content = objects.OpenRead(stored) ?? throw StorageErrors.NoSuchObject(stored.Version.Bucket, stored.Version.Name);
        await using (content.ConfigureAwait(false))
        {
            WriteHeaders(response, stored);
            if (part is null || part.Value.Length == stored.Content.Size)
            {
                // Clients compare what they got with it, whatever they asked for.
                response.Headers["x-goog-hash"] = GoogHash.Format(stored.Content);
            }

            response.ContentLength = part?.Length ?? stored.Content.Size;
            if (part is { } span)
            {
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = $"bytes {span.Start}-{span.Start + span.Length - 1}/{stored.Content.Size}";
                content.Position = span.Start;
            }

            await StreamCopyOperation.CopyToAsync(content, response.Body, part?.Length, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void WriteHeaders(HttpResponse response, StoredObject stored)
    {
        var headers = response.Headers;
        var description = stored.Description;
        response.ContentType = description.ContentType ?? "application/octet-stream";
        headers.AcceptRanges = "bytes";
        headers.CacheControl = description.CacheControl;
        headers.ContentDisposition = description.ContentDisposition;
        headers.ContentEncoding = description.ContentEncoding;
        headers.ContentLanguage = description.ContentLanguage;
        headers.ETag = $"\"{ObjectResource.ETag(stored)}\"";
        headers.LastModified = stored.Updated.ToString("R", CultureInfo.InvariantCulture);

        // What was uploaded is shown, never run: the bytes are anybody's.
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["x-goog-generation"] = stored.Version.Generation.ToString(CultureInfo.InvariantCulture);
        headers["x-goog-metageneration"] = stored.Metageneration.ToString(CultureInfo.InvariantCulture);
        headers["x-goog-storage-class"] = "STANDARD";
        headers["x-goog-stored-content-length"] = stored.Content.Size.ToString(CultureInfo.InvariantCulture);
        headers["x-goog-stored-content-encoding"] = description.ContentEncoding ?? "identity";
        foreach (var (key, value) in description.Metadata.Entries.Where(static entry => IsHeader(entry.Key, entry.Value)))
        {
            headers["x-goog-meta-" + key] = value;
        }
    }

    /// <summary>Metadata may be any text; what a header cannot carry stands in the object's description only.</summary>
    private static bool IsHeader(string key, string value) =>
        key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && value.All(static c => c is >= ' ' and <= '~');
}
