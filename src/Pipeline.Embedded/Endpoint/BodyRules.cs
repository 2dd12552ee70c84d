using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Pipeline.Embedded.Endpoint;

/// <summary>What holds of a request whose body is, or contains, an object's bytes.</summary>
internal static class BodyRules
{
    /// <summary>Takes the server's limit away, since the folder has its own, whose answer names both numbers.</summary>
    /// <exception cref="StorageRequestException">The body was packed for the way: bytes are stored as they come.</exception>
    public static void Apply(HttpContext context)
    {
        if (context.Request.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new StorageRequestException(
                StatusCodes.Status415UnsupportedMediaType,
                "invalid",
                $"The request has Content-Encoding '{encoding}'; send the bytes as they are to be stored, and name the encoding as 'contentEncoding'.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }
    }
}
