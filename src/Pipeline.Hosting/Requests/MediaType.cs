using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Pipeline.Hosting.Requests;

/// <summary>What a content type says, as far as it matters here.</summary>
/// <param name="Name">Type and subtype in lower case; empty where none is given.</param>
/// <param name="Charset">Lower case, or null.</param>
internal readonly record struct MediaType(string Name, string? Charset)
{
    /// <summary>None given.</summary>
    public bool IsMissing => Name.Length == 0;

    public bool IsJson => Name == "application/json" || Name.EndsWith("+json", StringComparison.Ordinal);

    public bool IsProtobuf => Name is "application/protobuf" or "application/x-protobuf" or "application/vnd.google.protobuf";

    public bool IsText => Name.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>True where text is UTF-8: said so, ASCII, or not said.</summary>
    public bool IsUtf8 => Charset is null or "utf-8" or "utf8" or "us-ascii";

    /// <returns>False where the text is no media type.</returns>
    public static bool TryParse(string? contentType, out MediaType mediaType)
    {
        mediaType = new MediaType(string.Empty, null);
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return true;
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var parsed) || !parsed.MediaType.HasValue)
        {
            return false;
        }

        var charset = HeaderUtilities.RemoveQuotes(parsed.Charset);
        mediaType = new MediaType(Lower(parsed.MediaType), charset.Length == 0 ? null : Lower(charset));
        return true;
    }

    private static string Lower(StringSegment text) => text.ToString().ToLowerInvariant();
}
