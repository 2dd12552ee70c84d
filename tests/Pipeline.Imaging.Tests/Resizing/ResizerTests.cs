using Pipeline.Imaging.Resizing;

namespace Pipeline.Imaging.Tests.Resizing;

public sealed class ResizerTests
{
    private static readonly PixelBuffer<byte> Image = new(4, 2, 1, [0, 10, 20, 30, 40, 50, 60, 70]);

    [Theory]
    [InlineData(ResizeMethod.TfBilinear)]
    [InlineData(ResizeMethod.PillowLanczos)]
    public void Resize_CutOutsideOfThePicture_Throws(ResizeMethod method) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resizer.Resize(Image, new PixelRectangle(2, 0, 3, 2), ResizeBox.Whole(3, 2), 1, 1, new Resampling(method)));

    [Theory]
    [InlineData(-0.5, 0, 4, 2)]
    [InlineData(0, 0, 4.5, 2)]
    [InlineData(1, 0, 1, 2)]
    [InlineData(double.NaN, 0, 4, 2)]
    public void Resize_BoxOutsideOfTheCut_Throws(double left, double top, double right, double bottom) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Resizer.Resize(Image, new PixelRectangle(0, 0, 4, 2), new ResizeBox(left, top, right, bottom), 1, 1, new Resampling(ResizeMethod.PillowBox)));

    [Fact]
    public void Resize_TensorFlowWithFractions_Throws() =>
        Assert.Throws<ArgumentException>(
            () => Resizer.Resize(Image, new PixelRectangle(0, 0, 4, 2), new ResizeBox(0.5, 0, 4, 2), 1, 1, new Resampling(ResizeMethod.TfBilinear)));

    [Theory]
    [InlineData(ResizeMethod.TfBilinear)]
    [InlineData(ResizeMethod.TfLanczos3Antialias)]
    [InlineData(ResizeMethod.PillowBilinear)]
    [InlineData(ResizeMethod.PillowNearest)]
    public void Resize_AlignedCornersOfAMethodWithout_Throws(ResizeMethod method) =>
        Assert.Throws<ArgumentException>(() => Resizer.Resize(Image, 1, 1, new Resampling(method, AlignCorners: true)));

    [Fact]
    public void Resize_FloatsAsPillow_Throws() =>
        Assert.Throws<ArgumentException>(() => Resizer.Resize(new PixelBuffer<float>(1, 1, 1), 1, 1, new Resampling(ResizeMethod.PillowBox)));

    [Fact]
    public void Resize_Cut_SeesNothingAroundIt()
    {
        var resized = (PixelBuffer<byte>)Resizer.Resize(Image, new PixelRectangle(1, 0, 2, 1), ResizeBox.Whole(2, 1), 4, 1, new Resampling(ResizeMethod.PillowBilinear));

        Assert.Equal<byte>([10, 13, 18, 20], resized.Values.ToArray());
    }

    [Fact]
    public void Resize_SameSize_GivesTheSameValues()
    {
        foreach (var method in Enum.GetValues<ResizeMethod>().Except([ResizeMethod.TfGaussian, ResizeMethod.TfGaussianAntialias, ResizeMethod.TfMitchell, ResizeMethod.TfMitchellAntialias]))
        {
            var resized = Resizer.Resize(Image, 4, 2, new Resampling(method));
            var values = new float[8];
            resized.CopyTo(values);
            Assert.All(Enumerable.Range(0, 8), index => Assert.Equal(Image.Values[index], values[index], 1e-4f));
        }
    }

    [Fact]
    public void Names_EveryMethod_HasOne()
    {
        var named = ResizeMethodNames.All.Select(name => ResizeMethodNames.TryParse(name, out var method) ? method : throw new InvalidOperationException(name)).ToHashSet();

        Assert.Equal(Enum.GetValues<ResizeMethod>().ToHashSet(), named);
        Assert.False(ResizeMethodNames.TryParse("PIL-box", out _));
    }
}
