using Pipeline.Cli.Inspecting;
using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Tests.Inspecting;

public sealed class OperatorCountTests
{
    [Fact]
    public void Of_Nodes_CountsAndOrdersByWork()
    {
        var costs = new GraphCosts([Node("Add", 0), Node("Conv2D", 5), Node("MatMul", 6), Node("Conv2D", 2), Node("Clamp", 0), Node("Clamp", 0)], null, 0, 0, 0);

        Assert.Equal(
            [new OperatorCount("Conv2D", 2, 7), new OperatorCount("MatMul", 1, 6), new OperatorCount("Clamp", 2, 0), new OperatorCount("Add", 1, 0)],
            OperatorCount.Of(costs));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(long.MaxValue)]
    public void Of_CountThatIsNotKnownOrDoesNotFit_IsNull(long? count)
    {
        var costs = new GraphCosts([Node("Conv2D", count), Node("Conv2D", 5)], null, 0, 0, 0);

        Assert.Equal([new OperatorCount("Conv2D", 2, null)], OperatorCount.Of(costs));
        Assert.Null(costs.MultiplyAdds);
    }

    private static NodeCost Node(string name, long? multiplyAdds) => new(name, name, string.Empty, [], [], multiplyAdds);
}
