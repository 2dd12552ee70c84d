using Microsoft.Net.Http.Headers;

namespace Pipeline.Functions.Calls;

/// <summary>A picture to classify now.</summary>
/// <param name="Image">The file.</param>
/// <param name="Model">The model's name, or null for the default.</param>
/// <param name="IsCallable">True where the callable protocol is spoken: its answers are wrapped.</param>
internal sealed record CallRequest(ReadOnlyMemory<byte> Image, string? Model, bool IsCallable)
{
    /// <summary>True where the body is JSON: the callable protocol.</summary>
    public static bool SpeaksCallable(HttpRequest request) => MediaTypeOf(request) == "application/json";

    /// <summary>True where the body is the picture itself.</summary>
    public static bool IsPicture(HttpRequest request) =>
        MediaTypeOf(request) is { } type && (type.StartsWith("image/", StringComparison.Ordinal) || type == "application/octet-stream");

    private static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.ToString().ToLowerInvariant() : null;
}
