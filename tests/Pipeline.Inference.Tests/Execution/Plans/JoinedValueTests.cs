using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

/// <summary>Values made where the joined value that they go into has them.</summary>
public sealed class JoinedValueTests
{
    private const int Floats = 4;
    private const int Alignment = 64;
    private const int Pixels = 64;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Concat_WholeBlocks_TakesNoMemoryOfTheirOwnAndNoStep(int pictures)
    {
        var plan = Plan(pictures, out var graph, out var x, (b, x) => Join(b, Conv(b, x, 32), Conv(b, x, 16), Conv(b, x, 21)));

        Assert.Empty(plan.Steps.OfType<ConcatStep>());
        Assert.Equal((pictures * Pixels * (16 + 80) * Floats) + Alignment, plan.ArenaBytes);
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_PartsOfBlocks_AreCopied()
    {
        var plan = Plan(1, out var graph, out var x, (b, x) => Join(b, Conv(b, x, 32), Conv(b, x, 17), Conv(b, x, 15)));

        Assert.Equal(2, Assert.Single(plan.Steps.OfType<ConcatStep>()).Inputs.Count);
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_OfJoinedValues_LiesInTheOutermost()
    {
        var plan = Plan(2, out var graph, out var x, (b, x) =>
        {
            var inner = Join(b, Conv(b, x, 16), Conv(b, x, 16));
            var middle = Join(b, inner, Conv(b, inner, 48));
            return Join(b, middle, Conv(b, middle, 8));
        });

        Assert.Empty(plan.Steps.OfType<ConcatStep>());
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_AValueTwiceOrInTwo_IsCopiedWhereItIsNot()
    {
        var plan = Plan(2, out var graph, out var x, (b, x) =>
        {
            var shared = Conv(b, x, 16);
            var first = Join(b, shared, Conv(b, x, 16), shared);
            return Join(b, Conv(b, x, 16), shared, first);
        });

        Assert.Equal([1, 1], plan.Steps.OfType<ConcatStep>().Select(step => step.Inputs.Count));
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_OtherHalosAndResiduals_KeepMemoryOfTheirOwn()
    {
        var plan = Plan(2, out var graph, out var x, (b, x) =>
        {
            var padded = Conv(b, x, 16);
            var sum = b.Add("sum", new Binary(BinaryFunction.Add), Conv(b, x, 16), Conv(b, padded, 16, kernel: 3));
            return Join(b, padded, sum, Conv(b, x, 16));
        });

        Assert.Equal(2, Assert.Single(plan.Steps.OfType<ConcatStep>()).Inputs.Count);
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_WithHaloOfItsOwn_IsFilledAround()
    {
        var plan = Plan(2, out var graph, out var x, (b, x) =>
        {
            var (first, second) = (Conv(b, x, 16), Conv(b, x, 16));
            var joined = Join(b, first, second);
            return Join(b, Conv(b, joined, 8, kernel: 3), Conv(b, first, 8, kernel: 3), Conv(b, second, 8, kernel: 3));
        });

        Assert.Single(plan.Steps.OfType<ConcatStep>());
        AssertSame(plan, graph, x);
    }

    [Fact]
    public void Concat_PicturesOfOnePixel_AreReadAsRows()
    {
        var graph = Build([-1, 8, 8, 16], (b, x) =>
        {
            var mean = b.Add("mean", new Reduce(ReduceFunction.Mean, true), x, Integers(1, 2));
            var joined = Join(b, mean, Conv(b, mean, 16));
            return b.Add("softmax", new Softmax(), b.Add("add", new Binary(BinaryFunction.Add), b.Add("rows", new Reshape(), mean, Integers(-1, 16)), b.Add("slice", new Reshape(), Conv(b, joined, 16), Integers(-1, 16))));
        });
        foreach (var pictures in new[] { 1, 3 })
        {
            var x = Samples.Floats(1, pictures, 8, 8, 16);
            AssertSame(PlanOf.Graph(graph, x.Shape), graph, x);
        }
    }

    private static ExecutionPlan Plan(int pictures, out Graph graph, out Tensor x, Func<GraphBuilder, Value, Value> body)
    {
        graph = Build([-1, 8, 8, 16], (b, picture) => b.Add("mean", new Reduce(ReduceFunction.Mean, false), body(b, picture), Integers(1, 2)));
        x = Samples.Floats(1, pictures, 8, 8, 16);
        return PlanOf.Graph(graph, x.Shape);
    }

    private static void AssertSame(ExecutionPlan plan, Graph graph, Tensor x)
    {
        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        AssertNear(Interpret(graph, x), (Tensor)plan.Run([x], TestContext.Current.CancellationToken)[0], "net");
    }

    private static Value Join(GraphBuilder b, params Value[] values) => b.Add("join", new Concat(), [.. values, GraphBuilder.Constant("axis", Tensor.Scalar(3))]);

    private static Value Conv(GraphBuilder b, Value x, int outputs, int kernel = 1) =>
        b.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Unbounded), x, Weights(outputs + kernel, kernel, kernel, x.Shape[3], outputs));
}
