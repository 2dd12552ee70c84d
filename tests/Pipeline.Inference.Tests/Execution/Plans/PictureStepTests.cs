using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Pictures padded and resampled in plans, plain and blocked, beside the interpreter.</summary>
public sealed class PictureStepTests
{
    private static readonly Conv2D Pointwise = new(One, One, Padding.Valid, ValueRange.Unbounded);

    public static TheoryData<SamplingGrid, int, int> Sizes()
    {
        var data = new TheoryData<SamplingGrid, int, int>();
        foreach (var grid in Enum.GetValues<SamplingGrid>())
        {
            foreach (var (height, width) in new[] { (1, 1), (5, 7), (10, 14), (3, 4), (13, 6), (1, 9) })
            {
                data.Add(grid, height, width);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Resize_AnyGridAndSize_EqualsTheInterpreter(SamplingGrid grid, int height, int width)
    {
        foreach (var channels in new[] { 1, 3, 16, 20 })
        {
            foreach (var @operator in new Operator[] { new ResizeNearest(grid), new ResizeBilinear(grid) })
            {
                Check<InterpretedStep>(none: true, channels, (b, x) => b.Add("resize", @operator, x, Integers(height, width)));
            }
        }
    }

    [Theory]
    [InlineData(PadMode.Constant, 0, 0, 0, 0)]
    [InlineData(PadMode.Constant, 1, 0, 0, 3)]
    [InlineData(PadMode.Constant, 20, 2, 3, 4)]
    [InlineData(PadMode.Reflect, 4, 3, 6, 0)]
    [InlineData(PadMode.Symmetric, 5, 3, 0, 7)]
    public void Pad_RowsAndColumns_EqualsTheInterpreter(PadMode mode, int top, int bottom, int left, int right)
    {
        foreach (var channels in new[] { 3, 16, 20 })
        {
            Check<PixelMapStep>(none: false, channels, (b, x) => b.Add("pad", new Pad(mode), x, Borders(0, 0, top, bottom, left, right, 0, 0)));
            if (mode == PadMode.Constant)
            {
                Check<PixelMapStep>(none: false, channels, (b, x) => b.Add("pad", new Pad(mode), x, Borders(0, 0, top, bottom, left, right, 0, 0), Number(-2.5f)));
            }
        }
    }

    [Fact]
    public void Pad_OtherDimensions_IsInterpreted()
    {
        Check<InterpretedStep>(none: false, 16, (b, x) => b.Add("pad", new Pad(PadMode.Constant), x, Borders(0, 0, 1, 1, 1, 1, 0, 2)));
        Check<InterpretedStep>(none: false, 16, (b, x) => b.Add("pad", new Pad(PadMode.Constant), x, Borders(1, 0, 1, 1, 1, 1, 0, 0)));
    }

    [Fact]
    public void Pad_BeforeAPoolOfTheLargest_CountsWhereItMust()
    {
        foreach (var range in new[] { ValueRange.Relu, ValueRange.Unbounded, new ValueRange(-5, -0.5f) })
        {
            Check<InterpretedStep>(none: true, 20, (b, x) =>
            {
                x = b.Add("conv", Pointwise with { Activation = range }, x, Weights(5, 1, 1, 20, 17));
                x = b.Add("pad", new Pad(PadMode.Constant), x, Borders(0, 0, 1, 2, 2, 1, 0, 0));
                return b.Add("pool", new MaxPool2D(new Extent2D(3, 3), new Extent2D(2, 2), Padding.Valid), x);
            });
        }
    }

    [Theory]
    [InlineData(1, 32, 8)]
    [InlineData(3, 32, 16)]
    [InlineData(3, 20, 5)]
    [InlineData(1, 20, 5)]
    public void SqueezeAndExcite_AnyChannels_ConvertsNoLayoutForOnePicture(int pictures, int channels, int squeezed)
    {
        var graph = Build([-1, 5, 7, channels], (b, x) =>
        {
            x = b.Add("in", Pointwise, x, Weights(5, 1, 1, channels, channels));
            var gate = b.Add("mean", new Reduce(ReduceFunction.Mean, true), x, Integers(1, 2));
            gate = b.Add("squeeze", Pointwise with { Activation = ValueRange.Relu }, gate, Weights(1, 1, 1, channels, squeezed));
            gate = b.Add("excite", Pointwise, gate, Weights(2, 1, 1, squeezed, channels), Weights(3, channels));
            gate = b.Add("plus", new Binary(BinaryFunction.Add), gate, Number(3));
            gate = b.Add("relu6", new Clamp(ValueRange.Relu6), gate);
            gate = b.Add("sixth", new Binary(BinaryFunction.Multiply), gate, Number(1f / 6));
            x = b.Add("scale", new Binary(BinaryFunction.Multiply), gate, x);
            return b.Add("out", Pointwise, x, Weights(4, 1, 1, channels, 16));
        });
        var x = Samples.Floats(1, pictures, 5, 7, channels);
        var plan = PlanOf.Graph(graph, x.Shape);

        if (pictures == 1)
        {
            Assert.Equal(
                ["x/to blocks", "in", "mean", "squeeze", "sixth", "scale", "out", "y/to plain"],
                plan.Steps.Select(step => step.Name.Replace("out/to", "y/to", StringComparison.Ordinal)));
        }

        AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], "net");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Dense_AnyRows_IsNotCopied(int rows)
    {
        var graph = Build([-1, 30], (b, x) => b.Add("dense", new Dense(false, ValueRange.Unbounded), x, Weights(1, 30, 21)));
        var x = Samples.Floats(1, rows, 30);
        var plan = PlanOf.Graph(graph, x.Shape);

        Assert.Empty(plan.Steps.OfType<ToPlainStep>());
        AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], "net");
    }

    private static Value Borders(params int[] borders) => GraphBuilder.Constant("borders", Tensor.From<int>(Shape.Of(4, 2), borders));

    /// <summary>Runs an operator on a plain picture and on one in blocks, and asks whether its plan has steps of some kind.</summary>
    private static void Check<TStep>(bool none, int channels, Func<GraphBuilder, Value, Value> body)
    {
        var x = Samples.Floats(1, 2, 5, 7, channels);
        x.Elements<float>()[2] = float.PositiveInfinity;
        foreach (var blocked in new[] { false, true })
        {
            var graph = Build([2, 5, 7, channels], (b, picture) =>
            {
                picture = blocked ? b.Add("pool", new MaxPool2D(One, One, Padding.Valid), picture) : picture;
                var result = body(b, picture);
                return blocked ? b.Add("tanh", new Unary(UnaryFunction.Tanh), result) : b.Add("pool", new MaxPool2D(One, One, Padding.Valid), result);
            });
            var plan = PlanOf.Graph(graph, x.Shape);

            Assert.Equal(none, !plan.Steps.OfType<TStep>().Any());
            AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], $"{channels} channels, blocked {blocked}", 1e-6f);
        }
    }
}
