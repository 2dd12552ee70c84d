using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests;

public sealed class PixelBufferTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, 2)]
    [InlineData(1, 1, 5)]
    public void Constructor_ImpossibleShape_Throws(int width, int height, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PixelBuffer<byte>(width, height, channels));

    [Fact]
    public void Constructor_MoreElementsThanAnyArray_Throws() => Assert.Throws<OverflowException>(() => new PixelBuffer<byte>(60_000, 60_000, 4));

    [Fact]
    public void Constructor_WrongNumberOfValues_Throws() => Assert.Throws<ArgumentException>(() => new PixelBuffer<byte>(2, 2, 3, new byte[11]));

    [Fact]
    public void Constructor_OtherElements_Throws() => Assert.Throws<NotSupportedException>(() => new PixelBuffer<int>(1, 1, 1));

    [Fact]
    public void CopyTo_EveryLength_WidensEveryByte()
    {
        var random = SeededRandom.Create(51);
        for (var width = 1; width <= 70; width++)
        {
            var image = RandomPixels.Bytes(random, width, 1, 1);
            var floats = new float[width];

            image.CopyTo(floats);

            Assert.Equal(image.Values.ToArray().Select(value => (float)value), floats);
        }
    }

    [Fact]
    public void CopyTo_TooShort_Throws() => Assert.Throws<ArgumentException>(() => new PixelBuffer<byte>(20, 1, 1).CopyTo(new float[19]));
}
