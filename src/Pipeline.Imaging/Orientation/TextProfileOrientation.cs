using System.IO.Compression;

namespace Pipeline.Imaging.Orientation;

/// <summary>The EXIF block that ImageMagick writes into a PNG as text: <c>Raw profile type exif</c>, a length, and hexadecimal digits.</summary>
internal static class TextProfileOrientation
{
    /// <summary>The directory of the orientation lies in front; a longer profile is cut.</summary>
    private const int MaxBytes = 65_536;

    private const int MaxTextLength = 3 * MaxBytes;

    /// <summary>What the data of such a chunk begin with.</summary>
    public static ReadOnlySpan<byte> Keyword => "Raw profile type exif\0"u8;

    /// <param name="data">Of a tEXt chunk.</param>
    /// <returns>As <see cref="ExifOrientation.Read"/>; null also for any other text.</returns>
    public static int? Read(ReadOnlySpan<byte> data) => data.StartsWith(Keyword) ? ReadProfile(data[Keyword.Length..]) : null;

    /// <param name="data">Of a zTXt chunk, the same compressed; no more than a bounded length is inflated.</param>
    /// <returns>As <see cref="Read"/>; null also where the compressed data are broken.</returns>
    public static int? ReadCompressed(ReadOnlySpan<byte> data)
    {
        // A byte behind the keyword names the compression: 0.
        if (!data.StartsWith(Keyword) || data.Length < Keyword.Length + 1 || data[Keyword.Length] != 0)
        {
            return null;
        }

        var text = new byte[MaxTextLength];
        try
        {
            using var stream = new ZLibStream(new MemoryStream(data[(Keyword.Length + 1)..].ToArray()), CompressionMode.Decompress);
            return ReadProfile(text.AsSpan(0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)));
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>An empty line, one with the profile's name and one with its length stand before the digits.</summary>
    private static int? ReadProfile(ReadOnlySpan<byte> text)
    {
        for (var line = 0; line < 3; line++)
        {
            var end = text.IndexOf((byte)'\n');
            if (end < 0)
            {
                return null;
            }

            text = text[(end + 1)..];
        }

        var exif = Unhex(text);
        return ExifOrientation.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
    }

    /// <summary>Digits up to the first character that is neither one nor a line break.</summary>
    private static ReadOnlySpan<byte> Unhex(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Math.Min(text.Length / 2, MaxBytes)];
        var digits = 0;
        foreach (var character in text)
        {
            if (character == '\n')
            {
                continue;
            }

            if (digits == 2 * bytes.Length || !char.IsAsciiHexDigit((char)character))
            {
                break;
            }

            var value = character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10;
            bytes[digits / 2] = (byte)((bytes[digits / 2] << 4) | value);
            digits++;
        }

        return bytes.AsSpan(0, digits / 2);
    }
}
