using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class DepthwiseConv2DTests
{
    public static TheoryData<int, int, int, int, bool> Windows()
    {
        var windows = from channels in (int[])[1, 3, 8, 9, 20]
                      from multiplier in (int[])[1, 2]
                      from stride in (int[])[1, 2]
                      from dilation in (int[])[1, 2]
                      from same in (bool[])[true, false]
                      select new TheoryDataRow<int, int, int, int, bool>(channels, multiplier, stride, dilation, same);
        return [.. windows];
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void Run_AnyWindow_EqualsGroupedConvolutionBitForBit(int channels, int multiplier, int stride, int dilation, bool same)
    {
        var picture = Samples.Floats(channels, 2, 7, 6, channels);
        var filter = Samples.Floats(multiplier, 3, 2, channels, multiplier);
        var (strides, dilations) = (new Extent2D(stride, stride), new Extent2D(dilation, dilation));
        var padding = same ? Padding.Same : Padding.Valid;

        var got = OperatorRun.One(new DepthwiseConv2D(strides, dilations, padding, ValueRange.Unbounded), picture, filter);

        var want = NaiveConvolution.Run(picture, filter.Reshape(Shape.Of(3, 2, 1, channels * multiplier)), strides, dilations, padding, channels);
        Assert.Equal(want.Shape, got.Shape);
        Assert.Equal(want.Elements<float>(), got.Elements<float>());
    }

    [Fact]
    public void Run_BiasAndClamp_AreApplied()
    {
        var one = new Extent2D(1, 1);
        var got = OperatorRun.One(
            new DepthwiseConv2D(one, one, Padding.Valid, ValueRange.Relu6),
            Tensor.From(Shape.Of(1, 1, 1, 3), 1f, 2f, -9f),
            Tensor.From(Shape.Of(1, 1, 3, 1), 2f, 3f, 1f),
            Tensor.Vector(0.5f, 0.5f, 0.5f));

        Assert.Equal([2.5f, 6f, 0f], got.Elements<float>());
    }

    [Fact]
    public void Run_OtherNumberOfChannels_IsRefused() =>
        OperatorRun.Refused<InvalidNodeException>(
            new DepthwiseConv2D(new Extent2D(1, 1), new Extent2D(1, 1), Padding.Valid, ValueRange.Unbounded),
            Samples.Floats(1, 1, 3, 3, 4),
            Samples.Floats(2, 3, 3, 5, 1));
}
