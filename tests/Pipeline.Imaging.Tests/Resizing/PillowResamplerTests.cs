using Pipeline.Imaging.Resizing;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Resizing;

public sealed class PillowResamplerTests
{
    private static readonly ResizeMethod[] Filters =
    [
        ResizeMethod.PillowBox, ResizeMethod.PillowBilinear, ResizeMethod.PillowHamming, ResizeMethod.PillowBicubic, ResizeMethod.PillowLanczos,
    ];

    /// <summary>The vector forms against one pixel at a time, for every remainder of their widths.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Resize_EveryWidth_EqualsThePlainWay(int channels)
    {
        var random = SeededRandom.Create(31);
        for (var width = 1; width <= 40; width++)
        {
            var source = RandomPixels.Bytes(random, random.Next(1, 50), random.Next(1, 30), channels);
            var (left, top) = (random.Next(source.Width), random.Next(source.Height));
            var cut = new PixelRectangle(left, top, random.Next(1, source.Width - left + 1), random.Next(1, source.Height - top + 1));
            var box = new ResizeBox(cut.Width * random.NextDouble() * 0.4, cut.Height * random.NextDouble() * 0.4, cut.Width * (0.6 + (random.NextDouble() * 0.4)), cut.Height);
            var method = Filters[width % Filters.Length];
            var height = random.Next(1, 20);

            var resized = (PixelBuffer<byte>)Resizer.Resize(source, cut, box, width, height, new Resampling(method));

            Assert.Equal(PlainPillow.Resize(source, cut, box, width, height, method).Values.ToArray(), resized.Values.ToArray());
        }
    }

    /// <summary>A window of a result is that part of the whole result, for the height first and the width first.</summary>
    [Theory]
    [InlineData(20, 20)]
    [InlineData(60, 12)]
    public void Resize_Window_IsThatPartOfTheWhole(int width, int height)
    {
        var source = RandomPixels.Bytes(SeededRandom.Create(32), 40, 50, 3);
        var whole = new PixelRectangle(0, 0, 40, 50);
        var window = new PixelRectangle(3, 4, 11, 7);
        foreach (var method in Enum.GetValues<ResizeMethod>())
        {
            var all = Resizer.Resize(source, width, height, new Resampling(method));
            var part = Resizer.Resize(source, whole, ResizeBox.Whole(40, 50), new ResizeTarget(width, height, window), new Resampling(method));

            Assert.Equal((window.Width, window.Height), (part.Width, part.Height));
            var (wanted, got) = (Floats(all), Floats(part));
            for (var y = 0; y < window.Height; y++)
            {
                Assert.Equal(
                    wanted.AsSpan((((window.Top + y) * width) + window.Left) * 3, window.Width * 3).ToArray(),
                    got.AsSpan(y * window.Width * 3, window.Width * 3).ToArray());
            }
        }
    }

    [Fact]
    public void Resize_Opaque_KeepsColoursOfFourChannels()
    {
        var random = SeededRandom.Create(33);
        var rgb = RandomPixels.Bytes(random, 17, 13, 3);
        var rgba = new PixelBuffer<byte>(17, 13, 4);
        for (var pixel = 0; pixel < 17 * 13; pixel++)
        {
            rgb.Values.Slice(pixel * 3, 3).CopyTo(rgba.Values[(pixel * 4)..]);
            rgba.Values[(pixel * 4) + 3] = byte.MaxValue;
        }

        var plain = (PixelBuffer<byte>)Resizer.Resize(rgb, 7, 5, new Resampling(ResizeMethod.PillowBicubic));
        var alpha = (PixelBuffer<byte>)Resizer.Resize(rgba, 7, 5, new Resampling(ResizeMethod.PillowBicubic));

        for (var pixel = 0; pixel < 35; pixel++)
        {
            Assert.Equal(plain.Values.Slice(pixel * 3, 3).ToArray(), alpha.Values.Slice(pixel * 4, 3).ToArray());
            Assert.Equal(byte.MaxValue, alpha.Values[(pixel * 4) + 3]);
        }
    }

    private static float[] Floats(PixelBuffer image)
    {
        var values = new float[image.Length];
        image.CopyTo(values);
        return values;
    }
}
