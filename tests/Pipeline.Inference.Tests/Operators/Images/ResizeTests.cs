using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Images;

public sealed class ResizeTests
{
    [Theory]
    [InlineData(SamplingGrid.Legacy, new[] { 0f, 5f, 10f, 10f })]
    [InlineData(SamplingGrid.AlignCorners, new[] { 0f, 10f / 3, 20f / 3, 10f })]
    [InlineData(SamplingGrid.HalfPixelCenters, new[] { 0f, 2.5f, 7.5f, 10f })]
    public void Bilinear_TwoPixelsToFour_FollowsTheGrid(SamplingGrid grid, float[] expected)
    {
        var row = Tensor.From(Shape.Of(1, 1, 2, 1), 0f, 10f);
        var column = row.Reshape(Shape.Of(1, 2, 1, 1));

        Assert.Equal(expected, OperatorRun.One(new ResizeBilinear(grid), row, Tensor.Vector(1, 4)).Elements<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(expected, OperatorRun.One(new ResizeBilinear(grid), column, Tensor.Vector(4, 1)).Elements<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5f);
    }

    [Theory]
    [InlineData(SamplingGrid.Legacy, new[] { 0, 0, 1, 1, 2 })]
    [InlineData(SamplingGrid.AlignCorners, new[] { 0, 1, 1, 2, 2 })]
    [InlineData(SamplingGrid.HalfPixelCenters, new[] { 0, 0, 1, 2, 2 })]
    public void Nearest_ThreePixelsToFive_FollowsTheGrid(SamplingGrid grid, int[] expected) =>
        Assert.Equal(expected, OperatorRun.One(new ResizeNearest(grid), Samples.Counting(1, 1, 3, 1), Tensor.Vector(1, 5)).Elements<int>().ToArray());

    [Fact]
    public void Bilinear_Bytes_BecomeFloats()
    {
        var picture = Tensor.From<byte>(Shape.Of(1, 1, 2, 2), 0, 100, 255, 200);

        Assert.Equal([0f, 100f, 127.5f, 150f, 255f, 200f, 255f, 200f], OperatorRun.One(new ResizeBilinear(SamplingGrid.Legacy), picture, Tensor.Vector(1, 4)).Elements<float>());
        Assert.Equal([0f, 100f, 255f, 200f], OperatorRun.One(new ResizeBilinear(SamplingGrid.Legacy), picture, Tensor.Vector(1, 2)).Elements<float>());
    }

    [Fact]
    public void Resize_SizeThatIsNone_IsRefused()
    {
        OperatorRun.Refused<InvalidNodeException>(new ResizeBilinear(SamplingGrid.Legacy), Samples.Floats(1, 1, 2, 2, 1), Tensor.Vector(0, 4));
        OperatorRun.Refused<InvalidNodeException>(new ResizeNearest(SamplingGrid.Legacy), Samples.Floats(1, 1, 2, 2, 1), Tensor.Vector(4));
        OperatorRun.Refused<InvalidNodeException>(new ResizeNearest(SamplingGrid.Legacy), Samples.Floats(1, 1, 0, 2, 1), Tensor.Vector(4, 4));
    }
}
