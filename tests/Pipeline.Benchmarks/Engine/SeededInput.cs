namespace Pipeline.Benchmarks.Engine;

/// <summary>The pictures that cases of the performance models name by a seed; the formula is that of their README, modulo 2^32.</summary>
internal static class SeededInput
{
    private const uint PictureLength = 150_528;
    private const uint FirstFactor = 2_654_435_761;
    private const uint SecondFactor = 2_246_822_519;
    private const int Channels = 3;

    /// <summary>Pixels in the order of [height, width, 3].</summary>
    public static byte[] Pixels(uint seed, int height, int width)
    {
        var pixels = new byte[checked(height * width * Channels)];
        for (var index = 0; index < pixels.Length; index++)
        {
            var channel = (uint)(index % Channels);
            var x = (uint)(index / Channels % width);
            var y = (uint)(index / Channels / width);
            pixels[index] = (byte)Pixel((uint)index, y, x, channel, seed);
        }

        return pixels;
    }

    /// <summary>Pixels as the models take them: (p - 128) / 128, which is exact.</summary>
    public static float[] Normalize(ReadOnlySpan<byte> pixels)
    {
        var values = new float[pixels.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = (pixels[index] - 128) / 128f;
        }

        return values;
    }

    private static uint Pixel(uint index, uint y, uint x, uint channel, uint seed)
    {
        unchecked
        {
            var hash = (index + (seed * PictureLength)) * FirstFactor;
            hash ^= hash >> 15;
            hash *= SecondFactor;
            hash ^= hash >> 13;
            var pattern = (y * y * (3 + seed)) + (x * y * 5) + (x * 7 * (channel + 1)) + (seed * 977);
            var q = ((pattern >> 6) + (hash >> 27)) & 255;
            return ((((3 * seed) + channel) * FirstFactor) >> 25) + (q >> 1);
        }
    }
}
