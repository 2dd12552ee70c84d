using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Execution;

public sealed class ProfileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Profile_Interpreted_HasEveryNodeInOrder()
    {
        var session = new InferenceSession(SmallNet.Build(), new SessionOptions { UsePlans = false });

        var profile = session.Profile(SmallNet.Feed(1), TimeProvider.System, Token);

        Assert.True(profile is { IsPlanned: false, ArenaBytes: 0 });
        var costs = GraphCosts.Of(SmallNet.Build(), [PartialShape.Of(-1, 12, 10, 3)]);
        Assert.Equal(costs.Nodes.Select(node => (node.Name, node.Operator)), profile.Steps.Select(step => (step.Name, step.Kind)));
        Assert.All(profile.Steps, step => Assert.True(step.IsInterpreted && step.MultiplyAdds is null));
    }

    [Fact]
    public void Profile_Planned_NamesKernelsAndCountsTheirWork()
    {
        var graph = SmallNet.Build();
        var feed = SmallNet.Feed(1);

        var profile = new InferenceSession(graph).Profile(feed, TimeProvider.System, Token);

        Assert.True(profile is { IsPlanned: true, ArenaBytes: > 0 });
        Assert.Contains(profile.Steps, step => step is { Kind: "Convolution", IsInterpreted: false, MultiplyAdds: > 0 });
        Assert.Equal(
            GraphCosts.Of(graph, [PartialShape.From(feed["picture"].Shape)]).MultiplyAdds,
            profile.Steps.Sum(step => step.MultiplyAdds));
    }

    [Fact]
    public void Profile_SlowStep_GetsItsTime()
    {
        var builder = new GraphBuilder("test");
        var input = builder.AddInput("x", DataType.Int32, PartialShape.Of(4));
        var first = builder.Add("first", new Unary(UnaryFunction.Negate), input);
        builder.AddOutput("y", builder.Add("second", new Unary(UnaryFunction.Abs), first));
        var feed = new Dictionary<string, RuntimeValue> { ["x"] = Tensor.Vector(1, -2, 3, -4) };

        // Start, then two readings a step: its end, and the begin of the next.
        var profile = new InferenceSession(builder.Build()).Profile(feed, new ScriptedTime(100, 107, 150, 153, 200), Token);

        Assert.Equal([TimeSpan.FromTicks(7), TimeSpan.FromTicks(3)], profile.Steps.Select(step => step.Elapsed));
    }

    private sealed class ScriptedTime(params IEnumerable<long> readings) : TimeProvider
    {
        private readonly Queue<long> _readings = new(readings);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _readings.Dequeue();
    }
}
