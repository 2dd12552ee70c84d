using Pipeline.Imaging.Orientation;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Orientation;

public sealed class PictureTurnerTests
{
    /// <summary>Where pixel (x, y) of the upright picture lies in the stored one, by the EXIF standard's words for its sides.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Turn_EverySizeAndChannel_MovesEveryPixel(int orientation)
    {
        var random = SeededRandom.Create(orientation);
        foreach (var (width, height) in new[] { (1, 1), (1, 5), (4, 3), (33, 70), (64, 32) })
        {
            foreach (var channels in new[] { 1, 3, 4 })
            {
                var stored = RandomPixels.Bytes(random, width, height, channels);

                var upright = PictureTurner.Turn(stored, orientation);

                Assert.Equal(orientation < 5 ? (width, height) : (height, width), (upright.Width, upright.Height));
                for (var y = 0; y < upright.Height; y++)
                {
                    for (var x = 0; x < upright.Width; x++)
                    {
                        var (column, row) = Source(orientation, x, y, width, height);
                        Assert.Equal(stored.Row(row).Slice(column * channels, channels).ToArray(), upright.Row(y).Slice(x * channels, channels).ToArray());
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Turn_NoOrientation_Throws(int orientation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureTurner.Turn(new PixelBuffer<byte>(1, 1, 1), orientation));

    private static (int Column, int Row) Source(int orientation, int x, int y, int width, int height) => orientation switch
    {
        1 => (x, y),
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, height - 1 - x),
        7 => (width - 1 - y, height - 1 - x),
        _ => (width - 1 - y, x),
    };
}
