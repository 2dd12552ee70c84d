using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Inferring;

namespace Pipeline.Models.Tests.Package.Inferring;

public sealed class PictureInputTests
{
    [Theory]
    [InlineData(new[] { -1, 200, 300, 3 }, 300, 200, 3, TensorLayout.Nhwc)]
    [InlineData(new[] { 1, 3, 96, 64 }, 64, 96, 3, TensorLayout.Nchw)]
    [InlineData(new[] { -1, 1, 28, 28 }, 28, 28, 1, TensorLayout.Nchw)]
    [InlineData(new[] { -1, 3, 5, 3 }, 5, 3, 3, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, -1, -1, 3 }, null, null, 3, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 32, 32, -1 }, 32, 32, null, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 32, 32, 4 }, 32, 32, null, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 0, 5000, 3 }, null, null, 3, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 28, 32 }, 32, 28, 1, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 784 }, 28, 28, 1, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 3072 }, 32, 32, 3, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 100_000_000 }, null, null, null, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, 1000 }, null, null, null, TensorLayout.Nhwc)]
    [InlineData(new[] { -1, -1 }, null, null, null, TensorLayout.Nhwc)]
    [InlineData(new[] { 7 }, null, null, null, TensorLayout.Nhwc)]
    public void Of_Shape_IsReadAsFarAsItTells(int[] shape, int? width, int? height, int? channels, TensorLayout layout)
    {
        var picture = PictureInput.Of(new TensorSpec("x", DataType.Float32, PartialShape.Of(shape)));

        Assert.Equal((width, height, channels, layout), (picture.Width, picture.Height, picture.Channels, picture.Layout));
    }

    [Fact]
    public void Of_NotEvenARank_TellsNothing() => Assert.Null(PictureInput.Of(new TensorSpec("x", DataType.Float32, PartialShape.Unknown)).Channels);
}
