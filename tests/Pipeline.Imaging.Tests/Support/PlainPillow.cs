using Pipeline.Imaging.Resizing;

namespace Pipeline.Imaging.Tests.Support;

/// <summary>Pillow's resampling written down the slow and obvious way: a pixel, a channel, a tap at a time.</summary>
internal static class PlainPillow
{
    public static PixelBuffer<byte> Resize(PixelBuffer<byte> source, PixelRectangle cut, ResizeBox box, int width, int height, ResizeMethod method)
    {
        var picture = new byte[cut.Height, cut.Width, source.Channels];
        for (var y = 0; y < cut.Height; y++)
        {
            for (var x = 0; x < cut.Width; x++)
            {
                for (var channel = 0; channel < source.Channels; channel++)
                {
                    picture[y, x, channel] = source.Row(cut.Top + y)[((cut.Left + x) * source.Channels) + channel];
                }
            }
        }

        var isHeightFirst = height < cut.Height && cut.Height - height > 2 * (cut.Width - width);
        picture = isHeightFirst
            ? AcrossRows(DownColumns(picture, box, height, method), box, width, method)
            : DownColumns(AcrossRows(picture, box, width, method), box, height, method);
        var result = new PixelBuffer<byte>(width, height, source.Channels);
        var index = 0;
        foreach (var value in picture)
        {
            result.Values[index++] = value;
        }

        return result;
    }

    private static byte[,,] AcrossRows(byte[,,] picture, ResizeBox box, int width, ResizeMethod method)
    {
        var (height, size, channels) = (picture.GetLength(0), picture.GetLength(1), picture.GetLength(2));
        if (width == size && (float)box.Left == 0 && (float)box.Right == size)
        {
            return picture;
        }

        var result = new byte[height, width, channels];
        for (var x = 0; x < width; x++)
        {
            var (start, weights) = Weights(size, (float)box.Left, (float)box.Right, width, x, method);
            for (var y = 0; y < height; y++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    result[y, x, channel] = Round(weights.Select((weight, tap) => (long)weight * picture[y, start + tap, channel]).Sum());
                }
            }
        }

        return result;
    }

    private static byte[,,] DownColumns(byte[,,] picture, ResizeBox box, int height, ResizeMethod method)
    {
        var (size, width, channels) = (picture.GetLength(0), picture.GetLength(1), picture.GetLength(2));
        if (height == size && (float)box.Top == 0 && (float)box.Bottom == size)
        {
            return picture;
        }

        var result = new byte[height, width, channels];
        for (var y = 0; y < height; y++)
        {
            var (start, weights) = Weights(size, (float)box.Top, (float)box.Bottom, height, y, method);
            for (var x = 0; x < width; x++)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    result[y, x, channel] = Round(weights.Select((weight, tap) => (long)weight * picture[start + tap, x, channel]).Sum());
                }
            }
        }

        return result;
    }

    private static (int Start, int[] Weights) Weights(int size, float from, float to, int resultSize, int index, ResizeMethod method)
    {
        var scale = (double)(to - from) / resultSize;
        var stretch = scale < 1 ? 1 : scale;
        var reach = Reach(method) * stretch;
        var center = from + ((index + 0.5) * scale);
        var start = Math.Max(0, (int)(center - reach + 0.5));
        var end = Math.Min(size, (int)(center + reach + 0.5));
        var weights = Enumerable.Range(start, end - start).Select(pixel => Value(method, (pixel - center + 0.5) * (1 / stretch))).ToArray();
        var sum = weights.Sum();
        return (start, [.. weights.Select(weight => (int)Math.Round(weight / sum * (1 << 22), MidpointRounding.AwayFromZero))]);
    }

    private static double Reach(ResizeMethod method) => method switch
    {
        ResizeMethod.PillowBox => 0.5,
        ResizeMethod.PillowBilinear or ResizeMethod.PillowHamming => 1,
        ResizeMethod.PillowBicubic => 2,
        _ => 3,
    };

    private static double Value(ResizeMethod method, double x)
    {
        var distance = Math.Abs(x);
        return method switch
        {
            ResizeMethod.PillowBox => x is > -0.5 and <= 0.5 ? 1 : 0,
            ResizeMethod.PillowBilinear => Math.Max(0, 1 - distance),
            ResizeMethod.PillowHamming => distance >= 1 ? 0 : Sinc(distance) * (0.54 + (0.46 * Math.Cos(Math.PI * distance))),
            ResizeMethod.PillowBicubic when distance < 1 => (1.5 * distance * distance * distance) - (2.5 * distance * distance) + 1,
            ResizeMethod.PillowBicubic when distance < 2 => (-0.5 * distance * distance * distance) + (2.5 * distance * distance) - (4 * distance) + 2,
            ResizeMethod.PillowBicubic => 0,
            _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static byte Round(long sum) => (byte)Math.Clamp((sum + (1 << 21)) >> 22, 0, 255);
}
