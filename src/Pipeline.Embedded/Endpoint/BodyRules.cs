using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pipeline.Embedded.Endpoint;

/// <summary>How a request's body may come.</summary>
internal static class BodyRules
{
    /// <summary>
    /// For a body that is, or contains, an object's bytes: takes the server's limit away, since the folder has its own, whose answer names both numbers.
    /// </summary>
    /// <exception cref="StorageRequestException">The body was packed for the way: bytes are stored as they come.</exception>
    public static void Apply(HttpContext context)
    {
        if (!IsPlain(context.Request))
        {
            throw Unsupported(context.Request);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }

    /// <summary>A body that describes an object. Google's libraries pack it for the way; whoever reads it counts what comes, since a little packed may be much.</summary>
    /// <exception cref="StorageRequestException">It is packed in a way that is not known here (415).</exception>
    public static Stream OpenDescription(HttpRequest request)
    {
        if (IsPlain(request))
        {
            return request.Body;
        }

        return request.Headers.ContentEncoding.ToString().Equals("gzip", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true)
            : throw Unsupported(request);
    }

    private static bool IsPlain(HttpRequest request) =>
        request.Headers.ContentEncoding.ToString() is var encoding
        && (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase));

    private static StorageRequestException Unsupported(HttpRequest request) => new(
        StatusCodes.Status415UnsupportedMediaType,
        "invalid",
        $"The request has Content-Encoding '{request.Headers.ContentEncoding}'; send the bytes as they are to be stored, and name the encoding as 'contentEncoding'.");
}
