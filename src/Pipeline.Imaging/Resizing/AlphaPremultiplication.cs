namespace Pipeline.Imaging.Resizing;

/// <summary>Pillow's way from RGBA to RGBa and back.</summary>
internal static class AlphaPremultiplication
{
    /// <summary>Each colour times alpha over 255, rounded to nearest.</summary>
    public static PixelBuffer<byte> Apply(PixelRegion<byte> source)
    {
        var result = new PixelBuffer<byte>(source.Width, source.Height, source.Channels);
        for (var y = 0; y < source.Height; y++)
        {
            var from = source.Row(y);
            var to = result.Row(y);
            for (var index = 0; index < from.Length; index += 4)
            {
                int alpha = from[index + 3];
                to[index] = Multiply(from[index], alpha);
                to[index + 1] = Multiply(from[index + 1], alpha);
                to[index + 2] = Multiply(from[index + 2], alpha);
                to[index + 3] = (byte)alpha;
            }
        }

        return result;
    }

    /// <summary>Each colour times 255 over alpha, rounded down and at most 255; colours under alpha 0 stay.</summary>
    public static void Undo(Span<byte> pixels)
    {
        for (var index = 0; index < pixels.Length; index += 4)
        {
            int alpha = pixels[index + 3];
            if (alpha is 0 or byte.MaxValue)
            {
                continue;
            }

            pixels[index] = Divide(pixels[index], alpha);
            pixels[index + 1] = Divide(pixels[index + 1], alpha);
            pixels[index + 2] = Divide(pixels[index + 2], alpha);
        }
    }

    /// <summary>The quotient by 255 is two shifts and an addition, exact for all products of bytes.</summary>
    private static byte Multiply(int color, int alpha)
    {
        var product = (color * alpha) + 128;
        return (byte)(((product >> 8) + product) >> 8);
    }

    private static byte Divide(int color, int alpha) => (byte)Math.Min(color * byte.MaxValue / alpha, byte.MaxValue);
}
