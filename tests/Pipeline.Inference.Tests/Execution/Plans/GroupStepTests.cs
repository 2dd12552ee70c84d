using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Convolutions in groups, with several results a channel and with dilation, in plans beside the interpreter.</summary>
public sealed class GroupStepTests
{
    [Theory]
    [InlineData(32, 2, 32)]
    [InlineData(64, 4, 128)]
    [InlineData(32, 2, 10)]
    [InlineData(24, 4, 16)]
    [InlineData(24, 3, 96)]
    [InlineData(10, 5, 15)]
    [InlineData(6, 2, 34)]
    [InlineData(48, 3, 102)]
    public void Groups_AnyChannels_EqualTheInterpreter(int channels, int groups, int outputs)
    {
        foreach (var (kernel, stride, dilation, padding) in new[] { (1, 1, 1, Padding.Valid), (3, 1, 1, Padding.Same), (3, 2, 1, Padding.Same), (2, 1, 2, Padding.Explicit(1, 0, 2, 3)) })
        {
            var convolution = new Conv2D(new Extent2D(stride, 1), new Extent2D(dilation, dilation), padding, ValueRange.Unbounded) { Function = UnaryFunction.HardSwish };
            Check(channels, (b, x) => b.Add("conv", convolution, x, Weights(1, kernel, kernel, channels / groups, outputs), Weights(2, outputs)));
            Check(channels, (b, x) => b.Add("conv", convolution with { Function = null, Activation = ValueRange.Relu }, x, Weights(1, kernel, kernel, channels / groups, outputs)));
        }
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 1)]
    [InlineData(3, 8)]
    [InlineData(16, 2)]
    [InlineData(20, 3)]
    [InlineData(5, 16)]
    public void Depthwise_SeveralResultsAChannel_EqualTheInterpreter(int channels, int times)
    {
        foreach (var (kernel, stride, dilation, padding) in new[] { (1, 1, 1, Padding.Valid), (3, 1, 1, Padding.Same), (3, 2, 1, Padding.Valid), (2, 1, 3, Padding.Explicit(1, 2, 3, 0)) })
        {
            var convolution = new DepthwiseConv2D(new Extent2D(stride, stride), new Extent2D(dilation, 1), padding, ValueRange.Relu6) { Function = UnaryFunction.Sigmoid };
            Check(channels, (b, x) => b.Add("conv", convolution, x, Weights(1, kernel, kernel, channels, times), Weights(2, channels * times)));
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(16)]
    [InlineData(21)]
    public void Dilation_AnyDistance_EqualsTheInterpreter(int channels)
    {
        foreach (var dilations in new[] { new Extent2D(2, 1), new Extent2D(1, 2), new Extent2D(3, 2) })
        {
            Check(channels, (b, x) => b.Add("conv", new Conv2D(One, dilations, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, channels, 17)));
            Check(channels, (b, x) => b.Add("conv", new DepthwiseConv2D(One, dilations, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, channels, 1)));
        }
    }

    [Fact]
    public void Groups_TheSameFilterForOtherChannels_IsPackedForEach()
    {
        var filter = Weights(1, 1, 1, 8, 24);
        Check(16, (b, x) =>
        {
            var y = b.Add("conv", new Conv2D(One, One, Padding.Valid, ValueRange.Unbounded), x, filter);
            return b.Add("again", new Conv2D(One, One, Padding.Valid, ValueRange.Unbounded), y, filter);
        });
    }

    /// <summary>Reads a plain picture and one in blocks; in groups of one channel there is no block to read.</summary>
    private static void Check(int channels, Func<GraphBuilder, Value, Value> body)
    {
        var x = Samples.Floats(1, 2, 7, 6, channels);
        foreach (var blocked in new[] { false, true })
        {
            var graph = Build([2, 7, 6, channels], (b, picture) => body(b, blocked ? b.Add("pool", new MaxPool2D(One, One, Padding.Valid), picture) : picture));
            var plan = PlanOf.Graph(graph, x.Shape);

            Assert.Empty(plan.Steps.OfType<InterpretedStep>());
            AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], $"{channels} channels, blocked {blocked}");
        }
    }
}
