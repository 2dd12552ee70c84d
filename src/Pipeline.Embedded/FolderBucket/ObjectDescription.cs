namespace Pipeline.Embedded.FolderBucket;

/// <summary>What an uploader may say of an object beside its bytes. Each text goes back out in a header of its name; null where nothing was said.</summary>
/// <param name="ContentEncoding">For example <c>gzip</c>.</param>
public sealed record ObjectDescription(
    string? ContentType = null,
    string? ContentEncoding = null,
    string? CacheControl = null,
    string? ContentDisposition = null,
    string? ContentLanguage = null)
{
    /// <summary>The most characters that each text may have.</summary>
    public const int MaxTextLength = 1024;

    public static ObjectDescription Empty { get; } = new();

    /// <summary>Of the app's own.</summary>
    public CustomMetadata Metadata { get; init; } = CustomMetadata.Empty;

    /// <summary>The first thing that is wrong, in words, or null.</summary>
    internal string? FindFault() =>
        FindFault("contentType", ContentType)
        ?? FindFault("contentEncoding", ContentEncoding)
        ?? FindFault("cacheControl", CacheControl)
        ?? FindFault("contentDisposition", ContentDisposition)
        ?? FindFault("contentLanguage", ContentLanguage)
        ?? Metadata.FindFault();

    private static string? FindFault(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (text.Length > MaxTextLength)
        {
            return $"{name} has {text.Length} characters, {MaxTextLength} are allowed.";
        }

        return text.All(static c => c is >= ' ' and <= '~') ? null : $"{name} holds characters that a header cannot carry.";
    }
}
