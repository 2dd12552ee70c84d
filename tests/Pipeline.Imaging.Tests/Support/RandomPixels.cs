namespace Pipeline.Imaging.Tests.Support;

internal static class RandomPixels
{
    public static PixelBuffer<byte> Bytes(Random random, int width, int height, int channels)
    {
        var values = new byte[width * height * channels];
        random.NextBytes(values);
        return new PixelBuffer<byte>(width, height, channels, values);
    }
}
