using Pipeline.Inference.Execution;
using Pipeline.Inference.Execution.Plans;
using Pipeline.Inference.Execution.Plans.Steps;
using Pipeline.Inference.Kernels;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;
using static Pipeline.Inference.Tests.Support.Nets;

namespace Pipeline.Inference.Tests.Execution.Plans;

public sealed class SharingTests
{
    private const long Millisecond = 1_000_000;

    [Theory]
    [InlineData(1_000, 100, 1)]
    [InlineData(Millisecond, 1, 1)]
    [InlineData(10 * Millisecond, 1000, 11)]
    [InlineData(10 * Millisecond, 4, 4)]
    [InlineData(10 * Millisecond, 0, 1)]
    [InlineData(long.MaxValue, int.MaxValue, Sharing.MostShares)]
    public void Alone_Step_HasOnlyAsManySharesAsItTakesToBeCancelledSoon(long nanoseconds, int units, int expected) =>
        Assert.Equal(expected, Sharing.Default.Alone(Step(nanoseconds, units)));

    [Theory]
    [InlineData(1_000, 100, 2, 1)]
    [InlineData(100_000, 1, 2, 1)]
    [InlineData(20_000, 100, 2, 6)]
    [InlineData(500_000, 100, 2, 8)]
    [InlineData(500_000, 7, 2, 7)]
    [InlineData(10 * Millisecond, 1000, 2, 12)]
    [InlineData(10 * Millisecond, 1000, 8, 32)]
    [InlineData(500_000, 100, 1, 1)]
    [InlineData(long.MaxValue, int.MaxValue, 64, Sharing.MostShares)]
    public void Together_Step_IsDividedWhereThatGainsSomething(long nanoseconds, int units, int threads, int expected) =>
        Assert.Equal(expected, Sharing.Default.Together(Step(nanoseconds, units), threads));

    [Fact]
    public void IsWorthIt_LittleWorkOrOneThread_IsFalse()
    {
        PlanStep[] little = [Step(20_000, 100), Step(20_000, 100), Step(100 * Millisecond, 1), Step(1_000, 100)];
        PlanStep[] much = [.. little, Step(80_000, 2)];

        Assert.False(Sharing.Default.IsWorthIt(little, 8));
        Assert.True(Sharing.Default.IsWorthIt(much, 2));
        Assert.False(Sharing.Default.IsWorthIt(much, 1));
    }

    [Fact]
    public void Alone_HeavySteps_AreCutIntoShortShares()
    {
        var graph = Build([-1, 96, 96, 3], (b, x) =>
        {
            var y = b.Add("first", new Conv2D(One, One, Padding.Same, ValueRange.Relu), x, Weights(1, 3, 3, 3, 256));
            y = b.Add("depthwise", new DepthwiseConv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(2, 7, 7, 256, 1));
            y = b.Add("wide", new Conv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(3, 3, 3, 256, 256));
            y = b.Add("pointwise", new Conv2D(One, One, Padding.Same, ValueRange.Relu), y, Weights(4, 1, 1, 256, 512));
            y = b.Add("pool", new MaxPool2D(new Extent2D(3, 3), One, Padding.Same), y);
            y = b.Add("tanh", new Unary(UnaryFunction.Tanh), y);
            y = b.Add("mean", new Reduce(ReduceFunction.Mean, false), y, Integers(1, 2));
            return b.Add("softmax", new Softmax(), y);
        });
        var shapes = new[] { Shape.Of(1, 96, 96, 3) };
        var specialized = Passes.Specialize(Passes.Apply(Passes.Fold(graph, 1 << 26), Passes.OfAnyShape), shapes, 1 << 26, Passes.OfConcreteShapes);
        var plan = PlanCompiler.TryCompile(specialized, new PlanResources(SessionOptions.Default))!;

        // Without vectors one tile takes longer than a share should.
        var most = KernelTiers.Live == KernelTier.Portable ? 10 * Millisecond : Millisecond;

        Assert.Empty(plan.Steps.OfType<InterpretedStep>());
        Assert.All(plan.Steps, step => Assert.InRange(step.Nanoseconds / Sharing.Default.Alone(step), 0, most));
        Assert.All(plan.Steps.Where(step => step.Nanoseconds > Millisecond), step => Assert.True(Sharing.Default.Together(step, 2) > 1, step.Name));
    }

    private static ShareStep Step(long nanoseconds, int units) => new(_ => { }, units, nanoseconds);
}
