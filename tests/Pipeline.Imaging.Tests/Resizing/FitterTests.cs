using Pipeline.Imaging.Resizing;
using Pipeline.Imaging.Tests.Support;

namespace Pipeline.Imaging.Tests.Resizing;

public sealed class FitterTests
{
    private static readonly Resampling Nearest = new(ResizeMethod.TfNearest);

    [Theory]
    [InlineData(640, 480, 224, 224, 80, 0, 480, 480)]
    [InlineData(480, 640, 224, 224, 0, 80, 480, 480)]
    [InlineData(641, 480, 224, 224, 80, 0, 480, 480)]
    [InlineData(100, 5, 2, 1, 45, 0, 10, 5)]
    [InlineData(100, 5, 3, 2, 46, 0, 8, 5)] // 7.5, half to even
    [InlineData(100, 3, 3, 2, 48, 0, 4, 3)] // 4.5, half to even
    [InlineData(50, 50, 224, 224, 0, 0, 50, 50)]
    [InlineData(1, 1000, 1000, 1, 0, 499, 1, 1)]
    public void Plan_Cover_CutsTheMiddleAtIntegers(int width, int height, int targetWidth, int targetHeight, int left, int top, int cutWidth, int cutHeight)
    {
        var plan = Fitter.Plan(width, height, new FitSpec(FitMode.Cover, targetWidth, targetHeight));

        Assert.Equal(new PixelRectangle(left, top, cutWidth, cutHeight), plan.Cut);
        Assert.Equal((targetWidth, targetHeight, 0, 0), (plan.ResizedWidth, plan.ResizedHeight, plan.OffsetX, plan.OffsetY));
    }

    [Theory]
    [InlineData(37, 53, 20, 20, 0, 8, 37, 45)]
    [InlineData(160, 120, 30, 20, 0, 6.666666666666664, 160, 113.33333333333334)]
    public void Plan_PillowFit_BoxesTheMiddleAtFractions(int width, int height, int targetWidth, int targetHeight, double left, double top, double right, double bottom)
    {
        var box = Fitter.Plan(width, height, new FitSpec(FitMode.PillowFit, targetWidth, targetHeight)).Box;

        Assert.Equal(left, box.Left, 1e-12);
        Assert.Equal(top, box.Top, 1e-12);
        Assert.Equal(right, box.Right, 1e-12);
        Assert.Equal(bottom, box.Bottom, 1e-12);
    }

    [Theory]
    [InlineData(100, 50, 20, 20, 20, 10, 0, 5)]
    [InlineData(50, 100, 20, 20, 10, 20, 5, 0)]
    [InlineData(100, 85, 20, 20, 20, 17, 0, 1)] // three rows of padding: one above, two below
    [InlineData(10_000, 1, 20, 20, 20, 1, 0, 9)]
    public void Plan_Contain_PadsAround(int width, int height, int targetWidth, int targetHeight, int resizedWidth, int resizedHeight, int offsetX, int offsetY)
    {
        var plan = Fitter.Plan(width, height, new FitSpec(FitMode.Contain, targetWidth, targetHeight));

        Assert.Equal((resizedWidth, resizedHeight, offsetX, offsetY), (plan.ResizedWidth, plan.ResizedHeight, plan.OffsetX, plan.OffsetY));
    }

    [Theory]
    [InlineData(320, 240, 256, 224, 341, 256, -58, -16)] // (341 - 224) / 2 = 58.5, half to even
    [InlineData(240, 320, 256, 224, 256, 341, -16, -58)]
    [InlineData(100, 100, 20, 30, 20, 20, 5, 5)]
    public void Plan_ShortSide_CutsOrPadsTheMiddle(int width, int height, int resizeTo, int side, int resizedWidth, int resizedHeight, int offsetX, int offsetY)
    {
        var plan = Fitter.Plan(width, height, new FitSpec(FitMode.ShortSide, side, side) { ResizeTo = resizeTo });

        Assert.Equal((resizedWidth, resizedHeight, offsetX, offsetY), (plan.ResizedWidth, plan.ResizedHeight, plan.OffsetX, plan.OffsetY));
    }

    [Theory]
    [InlineData(53, 37, 0.875, 3, 2, 47, 33)]
    [InlineData(10, 10, 1, 0, 0, 10, 10)]
    [InlineData(1, 1, 0.01, 0, 0, 1, 1)]
    public void Plan_Central_CutsAsTensorFlow(int width, int height, double fraction, int left, int top, int cutWidth, int cutHeight) =>
        Assert.Equal(
            new PixelRectangle(left, top, cutWidth, cutHeight),
            Fitter.Plan(width, height, new FitSpec(FitMode.Central, 5, 5) { Fraction = fraction }).Cut);

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Plan_FractionOutOfRange_Throws(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fitter.Plan(10, 10, new FitSpec(FitMode.Central, 5, 5) { Fraction = fraction }));

    [Fact]
    public void Plan_NoShortSide_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Fitter.Plan(10, 10, new FitSpec(FitMode.ShortSide, 5, 5)));

    [Fact]
    public void Fit_Contain_FillsWithThePadColour()
    {
        var image = new PixelBuffer<byte>(2, 1, 3, [1, 2, 3, 4, 5, 6]);

        var fitted = (PixelBuffer<byte>)Fitter.Fit(image, new FitSpec(FitMode.Contain, 2, 4) { Pad = new PadColor(7, 8, 9) }, Nearest);

        Assert.Equal<byte>([7, 8, 9, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 7, 8, 9, 7, 8, 9, 7, 8, 9], fitted.Values.ToArray());
    }

    [Fact]
    public void Fit_ContainOfFloats_FillsWithThePadColour()
    {
        var image = new PixelBuffer<byte>(1, 1, 1, [100]);

        var fitted = (PixelBuffer<float>)Fitter.Fit(image, new FitSpec(FitMode.Contain, 3, 1) { Pad = new PadColor(7, 0, 0) }, new Resampling(ResizeMethod.TfBilinear));

        Assert.Equal([7f, 100f, 7f], fitted.Values.ToArray());
    }

    /// <summary>A picture of 1 x 16,000 resized to a short side of 256 would have a thousand million pixels: only the middle is computed.</summary>
    [Theory]
    [InlineData(ResizeMethod.PillowBilinear)]
    [InlineData(ResizeMethod.TfBilinear)]
    public void Fit_ShortSideOfASliver_ComputesOnlyWhatIsKept(ResizeMethod method)
    {
        var image = RandomPixels.Bytes(SeededRandom.Create(41), 1, 16_000, 3);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fitted = Fitter.Fit(image, new FitSpec(FitMode.ShortSide, 224, 224) { ResizeTo = 256 }, new Resampling(method));

        Assert.Equal((224, 224), (fitted.Width, fitted.Height));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
    }

    /// <summary>Every fit of every shape gives the target's size.</summary>
    [Fact]
    public void Fit_RandomShapes_GivesTheTargetsSize()
    {
        var random = SeededRandom.Create(42);
        foreach (var mode in Enum.GetValues<FitMode>())
        {
            for (var round = 0; round < 60; round++)
            {
                var image = RandomPixels.Bytes(random, random.Next(1, 40), random.Next(1, 40), 3);
                var spec = new FitSpec(mode, random.Next(1, 30), random.Next(1, 30)) { ResizeTo = random.Next(1, 40), Fraction = 0.01 + (random.NextDouble() * 0.99) };
                foreach (var method in new[] { ResizeMethod.PillowLanczos, ResizeMethod.PillowNearest })
                {
                    var fitted = Fitter.Fit(image, spec, new Resampling(method));
                    Assert.Equal((spec.Width, spec.Height), (fitted.Width, fitted.Height));
                }
            }
        }
    }
}
