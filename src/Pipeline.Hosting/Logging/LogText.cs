using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Pipeline.Hosting.Logging;

/// <summary>Text of strangers in log entries: shortened, and without what could break a line or command a terminal.</summary>
internal static class LogText
{
    /// <summary>The most characters of one value.</summary>
    public const int MaxValue = 256;

    /// <summary>The most characters of an exception with its stack: an entry may have 256 KiB.</summary>
    public const int MaxException = 32 * 1024;

    private const string Cut = "…";

    /// <summary>At most so many characters, the last one telling that there were more; no half of a surrogate pair.</summary>
    public static string Shorten(string text, int maxLength = MaxValue)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = maxLength - Cut.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), Cut);
    }

    /// <summary>An exception as a log tells it: with its stack where the entry is an error, else its type and message.</summary>
    public static string Of(Exception exception, LogLevel level) =>
        level >= LogLevel.Error ? Shorten(exception.ToString(), MaxException) : Shorten($"{exception.GetType()}: {exception.Message}");

    /// <summary>Control and line-breaking characters written as <c>\uXXXX</c>.</summary>
    public static string Printable(string text)
    {
        if (!text.Any(IsUnsafe))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = IsUnsafe(character) ? safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : safe.Append(character);
        }

        return safe.ToString();
    }

    // Line and paragraph separators, and the characters that turn the direction of writing round.
    private static bool IsUnsafe(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
