namespace Pipeline.Imaging.Orientation;

/// <summary>The EXIF block that ImageMagick writes into a PNG as text: <c>Raw profile type exif</c>, a length, and hexadecimal digits.</summary>
internal static class TextProfileOrientation
{
    /// <summary>The directory of the orientation lies in front; a longer profile is cut.</summary>
    private const int MaxBytes = 65_536;

    /// <param name="text">The data of a tEXt chunk.</param>
    /// <returns>As <see cref="ExifOrientation.Read"/>; null also for any other text.</returns>
    public static int? Read(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("Raw profile type exif\0"u8))
        {
            return null;
        }

        // A line with the profile's name and one with its length stand before the digits.
        var position = 22;
        for (var line = 0; line < 3; line++)
        {
            var end = text[position..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return null;
            }

            position += end + 1;
        }

        var exif = Unhex(text[position..]);
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
