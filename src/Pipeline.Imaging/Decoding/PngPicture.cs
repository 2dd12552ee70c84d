using SkiaSharp;

namespace Pipeline.Imaging.Decoding;

/// <summary>Pixels to a PNG file, for looking at: it decodes to exactly the same pixels.</summary>
public static class PngPicture
{
    private static readonly SKPngEncoderOptions Options = new(SKPngEncoderFilterFlags.Sub, zLibLevel: 3);

    /// <summary>Encodes a picture of any number of channels; alpha is straight.</summary>
    public static unsafe ReadOnlyMemory<byte> Encode(PixelBuffer<byte> image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var rgba = image.Channels == 4 ? image.Values : Widen(image);
        var info = new SKImageInfo(
            image.Width, image.Height, SKColorType.Rgba8888, image.Channels == 4 ? SKAlphaType.Unpremul : SKAlphaType.Opaque, colorspace: null);
        fixed (byte* pixels = rgba)
        {
            using var pixmap = new SKPixmap(info, (IntPtr)pixels, info.RowBytes);
            using var encoded = pixmap.Encode(Options)
                ?? throw new InvalidOperationException($"A picture of {image.Width} x {image.Height} pixels could not be written as PNG.");
            return encoded.ToArray();
        }
    }

    private static byte[] Widen(PixelBuffer<byte> image)
    {
        var rgba = new byte[checked(image.Width * image.Height * 4)];
        var source = image.Values;
        var (green, blue) = image.Channels == 1 ? (0, 0) : (1, 2);
        for (int from = 0, to = 0; to < rgba.Length; from += image.Channels, to += 4)
        {
            rgba[to] = source[from];
            rgba[to + 1] = source[from + green];
            rgba[to + 2] = source[from + blue];
            rgba[to + 3] = byte.MaxValue;
        }

        return rgba;
    }
}
