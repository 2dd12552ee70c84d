using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class Conv2DTests
{
    public static TheoryData<int, int, int, int, int, int, int, string> Cases()
    {
        var data = new TheoryData<int, int, int, int, int, int, int, string>();
        foreach (var padding in (string[])["same", "valid", "explicit"])
        {
            foreach (var outputs in (int[])[1, 3, 7, 8, 9, 15, 16, 17, 24, 33])
            {
                data.Add(5, 6, 3, outputs, 3, 1, 1, padding);
                data.Add(9, 7, 2, outputs, 3, 2, 1, padding);
            }

            for (var width = 1; width <= 9; width++)
            {
                data.Add(4, width + 2, 3, 16, 3, 1, 1, padding);
                data.Add(6, width + 4, 2, 8, 3, 1, 2, padding);
                data.Add(5, width, 4, 12, 1, 1, 1, padding);
                data.Add(7, width + 1, 4, 12, 2, 3, 1, padding);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyWindow_EqualsNaiveSumBitForBit(
        int height, int width, int channels, int outputs, int kernel, int stride, int dilation, string padding)
    {
        var picture = Samples.Floats(height * width, 2, height, width, channels);
        var filter = Samples.Floats(outputs, kernel, kernel, channels, outputs);
        var bias = Samples.Floats(3, outputs);
        var strides = new Extent2D(stride, stride);
        var dilations = new Extent2D(dilation, dilation);

        var got = OperatorRun.One(new Conv2D(strides, dilations, Parse(padding), new ValueRange(-0.5f, 0.75f)), picture, filter, bias);

        var want = NaiveConvolution.Run(picture, filter, strides, dilations, Parse(padding), 1);
        for (var i = 0; i < want.Elements<float>().Length; i++)
        {
            want.Elements<float>()[i] = Math.Clamp(want.Elements<float>()[i] + bias.Elements<float>()[i % outputs], -0.5f, 0.75f);
        }

        Assert.Equal(want.Shape, got.Shape);
        Assert.Equal(want.Elements<float>(), got.Elements<float>());
    }

    [Theory]
    [InlineData(2, 8)]
    [InlineData(4, 4)]
    [InlineData(3, 27)]
    public void Run_Groups_EqualNaiveSum(int groups, int outputs)
    {
        var picture = Samples.Floats(1, 1, 5, 5, groups * 2);
        var filter = Samples.Floats(2, 3, 3, 2, outputs);
        var one = new Extent2D(1, 1);

        var got = OperatorRun.One(new Conv2D(one, one, Padding.Same, ValueRange.Unbounded), picture, filter);

        Assert.Equal(NaiveConvolution.Run(picture, filter, one, one, Padding.Same, groups).Elements<float>(), got.Elements<float>());
    }

    [Theory]
    [InlineData(3, 4, 8)]
    [InlineData(6, 2, 8)]
    public void Run_ChannelsThatDoNotDivide_AreRefused(int channels, int filterInputs, int outputs) =>
        OperatorRun.Refused<InvalidNodeException>(
            new Conv2D(new Extent2D(1, 1), new Extent2D(1, 1), Padding.Same, ValueRange.Unbounded),
            Samples.Floats(1, 1, 4, 4, channels),
            Samples.Floats(2, 1, 1, filterInputs, outputs));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public void Run_StrideOrDilationBelowOne_IsRefused(int stride, int dilation) =>
        OperatorRun.Refused<InvalidNodeException>(
            new Conv2D(new Extent2D(stride, 1), new Extent2D(1, dilation), Padding.Same, ValueRange.Unbounded),
            Samples.Floats(1, 1, 4, 4, 1),
            Samples.Floats(2, 1, 1, 1, 1));

    [Fact]
    public void Run_HugeStrideAndKernel_DoNotOverflow()
    {
        var picture = Samples.Floats(1, 1, 4, 4, 1);
        var got = OperatorRun.One(
            new Conv2D(new Extent2D(int.MaxValue, int.MaxValue), new Extent2D(1, 1), Padding.Same, ValueRange.Unbounded), picture, Tensor.From(Shape.Of(1, 1, 1, 1), 1f));

        Assert.Equal(picture.Elements<float>()[..1], got.Elements<float>());
        OperatorRun.Refused<InvalidNodeException>(
            new Conv2D(new Extent2D(1, 1), new Extent2D(int.MaxValue, int.MaxValue), Padding.Same, ValueRange.Unbounded), picture, Samples.Floats(2, 3, 3, 1, 1));
    }

    [Fact]
    public void Run_NarrowFloats_AddUpInSinglePrecision()
    {
        var picture = Tensor.From<Half>(Shape.Of(1, 1, 1, 2), (Half)2048, (Half)1);
        var filter = Tensor.From<Half>(Shape.Of(1, 1, 2, 1), (Half)1, (Half)3);
        var one = new Extent2D(1, 1);

        Assert.Equal([(Half)2052], OperatorRun.One(new Conv2D(one, one, Padding.Valid, ValueRange.Unbounded), picture, filter).Elements<Half>());
    }

    private static Padding Parse(string padding) => padding switch
    {
        "same" => Padding.Same,
        "valid" => Padding.Valid,
        _ => Padding.Explicit(1, 2, 0, 1),
    };
}
