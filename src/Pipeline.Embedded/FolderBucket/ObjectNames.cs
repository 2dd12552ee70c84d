using System.Text;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>What may be called what.</summary>
internal static class ObjectNames
{
    public const string BucketRule =
        "a bucket's name has 3 to 222 lower-case letters, digits, '-', '_' and '.', at most 63 between dots, and begins and ends with a letter or digit.";

    public const int MaxNameBytes = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsBucket(string? name) =>
        name is { Length: >= 3 and <= 222 }
        && IsAlphanumeric(name[0])
        && IsAlphanumeric(name[^1])
        && name.All(static c => IsAlphanumeric(c) || c is '-' or '_' or '.')
        && name.Split('.').All(static part => part.Length is > 0 and <= 63);

    /// <summary>Whether a text can be an object's name: 1 to 1,024 bytes of valid UTF-8, nothing else.</summary>
    public static bool IsObject(string? name)
    {
        if (string.IsNullOrEmpty(name) || name.Length > MaxNameBytes)
        {
            return false;
        }

        try
        {
            return StrictUtf8.GetByteCount(name) <= MaxNameBytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
