using Pipeline.Cli.Benching;
using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Tests.Benching;

public sealed class StepTimeTests
{
    private static readonly GraphCosts Costs = new([new NodeCost("b", "MatMul", string.Empty, [], [], 3_000_000)], null, 0, 0, 0);

    [Fact]
    public void Of_SeveralRuns_IsTheMedianOfEachStep()
    {
        var steps = StepTime.Of([Profile(("a", 1), ("b", 9)), Profile(("a", 5), ("b", 6)), Profile(("a", 3), ("b", 8))], Costs);

        Assert.Equal([("a", 3.0), ("b", 8.0)], steps.Select(step => (step.Name, step.Milliseconds)));
    }

    [Fact]
    public void Of_RunThatTookAnotherWay_IsLeftOut()
    {
        var steps = StepTime.Of([Profile(("a", 1)), Profile(("a", 1), ("b", 9)), Profile(("b", 100))], Costs);

        Assert.Equal([("a", 1.0)], steps.Select(step => (step.Name, step.Milliseconds)));
    }

    [Fact]
    public void Gigaflops_OfInterpretedNode_ComesFromTheShapes()
    {
        var steps = StepTime.Of([Profile(("a", 1), ("b", 2))], Costs);

        Assert.Null(steps[0].Gigaflops);
        Assert.Equal(3, steps[1].Gigaflops!.Value, 9);
    }

    private static RunProfile Profile(params (string Name, double Milliseconds)[] steps) =>
        new(false, 0, [.. steps.Select(step => new StepTiming(step.Name, "MatMul", true, TimeSpan.FromMilliseconds(step.Milliseconds), null))]);
}
