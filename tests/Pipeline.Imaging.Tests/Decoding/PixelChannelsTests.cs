using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Decoding;

public sealed class PixelChannelsTests
{
    [Fact]
    public void DropAlpha_EveryLength_KeepsEveryColour()
    {
        var random = SeededRandom.Create(61);
        for (var pixels = 0; pixels <= 40; pixels++)
        {
            var rgba = new byte[pixels * 4];
            random.NextBytes(rgba);
            var rgb = new byte[pixels * 3];

            PixelChannels.DropAlpha(rgba, rgb);

            Assert.Equal(rgba.Where((_, index) => index % 4 != 3), rgb);
        }
    }

    /// <summary>Every colour under every alpha, against the real number.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public void Compose_EveryPair_RoundsToNearest(byte background)
    {
        var rgb = new byte[3];
        for (var color = 0; color < 256; color++)
        {
            for (var alpha = 0; alpha < 256; alpha++)
            {
                PixelChannels.Compose([(byte)color, (byte)color, (byte)color, (byte)alpha], rgb, background);

                Assert.Equal((byte)Math.Round(((color * alpha) + (background * (255 - alpha))) / 255.0), rgb[1]);
            }
        }
    }
}
