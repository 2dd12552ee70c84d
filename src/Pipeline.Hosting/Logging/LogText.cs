using System.Globalization;
using System.Text;

namespace Pipeline.Hosting.Logging;

/// <summary>Text of strangers in log entries: shortened, and without what could break a line or command a terminal.</summary>
internal static class LogText
{
    /// <summary>The most characters of one value.</summary>
    public const int MaxValue = 256;

    private const string Cut = "…";

    /// <summary>At most <see cref="MaxValue"/> characters, the last one telling that there were more; no half of a surrogate pair.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= MaxValue)
        {
            return text;
        }

        var end = MaxValue - Cut.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), Cut);
    }

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
