using System.Globalization;
using System.Text;

namespace Pipeline.Embedded.Endpoint;

/// <summary>Reads percent-encoded text strictly: what cannot be read is refused, never guessed.</summary>
internal static class PercentEncoding
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, or null where a <c>%</c> is not followed by two hex digits or the bytes are not UTF-8.</summary>
    /// <param name="plusIsSpace">Whether <c>+</c> stands for a space, as it does in queries.</param>
    public static string? TryDecode(ReadOnlySpan<char> text, bool plusIsSpace)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> units = stackalloc byte[4];
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '%')
            {
                if (index + 2 >= text.Length || !byte.TryParse(text.Slice(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                {
                    return null;
                }

                bytes.Add(value);
                index += 2;
            }
            else if (Rune.DecodeFromUtf16(text[index..], out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
            {
                bytes.AddRange(units[..(plusIsSpace && rune.Value == '+' ? new Rune(' ') : rune).EncodeToUtf8(units)]);
                index += consumed - 1;
            }
            else
            {
                return null;
            }
        }

        try
        {
            return StrictUtf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
