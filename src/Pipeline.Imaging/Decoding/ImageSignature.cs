using System.Text;

namespace Pipeline.Imaging.Decoding;

/// <summary>Tells formats by their first bytes; names and declared content types play no part.</summary>
internal static class ImageSignature
{
    /// <summary>How far the root element of an SVG is looked for.</summary>
    private const int SvgSearchLength = 1024;

    /// <exception cref="UnknownImageException">The bytes are those of no known format.</exception>
    /// <exception cref="UnsupportedImageException">The bytes are those of a known format that is not decoded.</exception>
    public static ImageFormat Recognize(ReadOnlySpan<byte> file)
    {
        if (Starts(file, [0xFF, 0xD8, 0xFF]))
        {
            return ImageFormat.Jpeg;
        }

        if (Starts(file, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return ImageFormat.Png;
        }

        if (Starts(file, "RIFF"u8) && At(file, 8, "WEBP"u8))
        {
            return ImageFormat.WebP;
        }

        if (Starts(file, "GIF87a"u8) || Starts(file, "GIF89a"u8))
        {
            return ImageFormat.Gif;
        }

        if (BmpFile.IsLikely(file))
        {
            return ImageFormat.Bmp;
        }

        throw NameOfUnsupported(file) is { } name ? new UnsupportedImageException(name) : new UnknownImageException(file.Length);
    }

    private static string? NameOfUnsupported(ReadOnlySpan<byte> file)
    {
        if (At(file, 4, "ftyp"u8))
        {
            return NameOfBaseMedia(file);
        }

        if (Starts(file, "II*\0"u8) || Starts(file, "MM\0*"u8) || Starts(file, "II+\0"u8) || Starts(file, "MM\0+"u8))
        {
            return "tiff";
        }

        if (IsIcon(file, 1))
        {
            return "ico";
        }

        if (IsIcon(file, 2))
        {
            return "cur";
        }

        if (Starts(file, [0, 0, 0, 0x0C, (byte)'j', (byte)'P', 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]) || Starts(file, [0xFF, 0x4F, 0xFF, 0x51]))
        {
            return "jpeg2000";
        }

        if (Starts(file, [0, 0, 0, 0x0C, (byte)'J', (byte)'X', (byte)'L', 0x20, 0x0D, 0x0A, 0x87, 0x0A]) || Starts(file, [0xFF, 0x0A]))
        {
            return "jxl";
        }

        if (file.Length > 2 && file[0] == 'P' && file[1] is >= (byte)'1' and <= (byte)'7' && IsSpace(file[2]))
        {
            return "pnm";
        }

        if (Starts(file, "%PDF-"u8))
        {
            return "pdf";
        }

        if (Starts(file, "%!PS"u8) || Starts(file, [0xC5, 0xD0, 0xD3, 0xC6]))
        {
            return "eps";
        }

        if (Starts(file, "8BPS"u8))
        {
            return "psd";
        }

        if (Starts(file, "DDS "u8))
        {
            return "dds";
        }

        if (Starts(file, [0x1F, 0x8B]))
        {
            return "gzip";
        }

        if (Starts(file, "PK\x03\x04"u8) || Starts(file, "PK\x05\x06"u8))
        {
            return "zip";
        }

        return IsSvg(file) ? "svg" : null;
    }

    /// <summary>The brand behind <c>ftyp</c> tells pictures from films; where the major brand is a general one, the compatible ones do.</summary>
    private static string NameOfBaseMedia(ReadOnlySpan<byte> file)
    {
        for (var at = 8; at + 4 <= Math.Min(file.Length, 64); at = at == 8 ? 16 : at + 4)
        {
            switch (Encoding.ASCII.GetString(file.Slice(at, 4)))
            {
                case "avif" or "avis":
                    return "avif";
                case "heic" or "heix" or "heim" or "heis" or "hevc" or "hevx":
                    return "heic";
            }
        }

        return At(file, 8, "mif1"u8) || At(file, 8, "msf1"u8) ? "heic" : "mp4";
    }

    /// <summary>Reserved 0, the type, at least one picture, and a reserved byte of 0 in the first entry.</summary>
    private static bool IsIcon(ReadOnlySpan<byte> file, byte type) =>
        file.Length >= 22 && file[0] == 0 && file[1] == 0 && file[2] == type && file[3] == 0 && (file[4] | file[5]) != 0 && file[9] == 0;

    private static bool IsSvg(ReadOnlySpan<byte> file)
    {
        var head = file[..Math.Min(file.Length, SvgSearchLength)];
        if (Starts(head, [0xEF, 0xBB, 0xBF]))
        {
            head = head[3..];
        }

        while (head.Length > 0 && IsSpace(head[0]))
        {
            head = head[1..];
        }

        return head.Length > 0 && head[0] == '<' && head.IndexOf("<svg"u8) >= 0;
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static bool Starts(ReadOnlySpan<byte> file, ReadOnlySpan<byte> signature) => file.StartsWith(signature);

    private static bool At(ReadOnlySpan<byte> file, int offset, ReadOnlySpan<byte> signature) =>
        file.Length >= offset + signature.Length && file.Slice(offset, signature.Length).SequenceEqual(signature);
}
