namespace Pipeline.Imaging.Decoding;

/// <summary>Brings decoded pixels of three or four channels to the colour that was asked for.</summary>
internal static class PixelColors
{
    /// <exception cref="UnsupportedImageException">TensorFlow's grey of a format of which TensorFlow gives none.</exception>
    public static PixelBuffer<byte> Convert(PixelBuffer<byte> image, DecodeOptions options, ImageFormat format) => options.Color switch
    {
        PixelColor.Rgba => image.Channels == 4 ? image : AddAlpha(image),
        PixelColor.Rgb => ToRgb(image, options.Alpha),
        _ => ToGray(ToRgb(image, options.Alpha), options.Reference, format),
    };

    private static PixelBuffer<byte> AddAlpha(PixelBuffer<byte> image)
    {
        var rgba = PixelBuffer<byte>.Uninitialized(image.Width, image.Height, 4);
        PixelChannels.AddAlpha(image.Values, rgba.Values);
        return rgba;
    }

    private static PixelBuffer<byte> ToRgb(PixelBuffer<byte> image, AlphaTreatment alpha)
    {
        if (image.Channels == 3)
        {
            return image;
        }

        var rgb = PixelBuffer<byte>.Uninitialized(image.Width, image.Height, 3);
        switch (alpha)
        {
            case AlphaTreatment.White:
                PixelChannels.Compose(image.Values, rgb.Values, byte.MaxValue);
                break;
            case AlphaTreatment.Black:
                PixelChannels.Compose(image.Values, rgb.Values, byte.MinValue);
                break;
            default:
                PixelChannels.DropAlpha(image.Values, rgb.Values);
                break;
        }

        return rgb;
    }

    private static PixelBuffer<byte> ToGray(PixelBuffer<byte> rgb, PixelReference reference, ImageFormat format)
    {
        var gray = PixelBuffer<byte>.Uninitialized(rgb.Width, rgb.Height, 1);
        switch (reference, format)
        {
            case (PixelReference.Pillow, _):
                PixelChannels.ToGray(rgb.Values, gray.Values);
                break;
            case (_, ImageFormat.Png or ImageFormat.Bmp):
                PixelChannels.ToGrayByLibpng(rgb.Values, gray.Values);
                break;
            default:
                throw new UnsupportedImageException(format.ToString().ToLowerInvariant(), "TensorFlow gives no grey of this format");
        }

        return gray;
    }
}
