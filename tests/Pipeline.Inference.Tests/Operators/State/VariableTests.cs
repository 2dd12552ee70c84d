using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Operators.State;

public sealed class VariableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Run_Counter_SeesThePreviousRunAndTheOrderOfNodes()
    {
        var session = Counter();

        Assert.Equal((0, 1), Step(session));
        Assert.Equal((1, 2), Step(session));
        Assert.Equal((0, 1), Step(Counter()));
    }

    [Fact]
    public async Task Run_ManyThreads_LoseNoStep()
    {
        var session = Counter();

        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 50).Select(_ => Step(session)).ToArray(), Token)));

        Assert.Equal(Enumerable.Range(1, 400), runs.SelectMany(r => r).Select(r => r.After).Order());
        Assert.All(runs.SelectMany(r => r), r => Assert.Equal(r.Before + 1, r.After));
    }

    [Fact]
    public void Run_ChangedOutput_DoesNotChangeTheVariable()
    {
        var session = Counter();

        ((Tensor)session.Run(Feed, Token)["after"]).Elements<int>()[0] = 100;

        Assert.Equal((1, 2), Step(session));
    }

    [Fact]
    public void Add_ValueThatDoesNotFit_IsRefused()
    {
        var builder = new GraphBuilder("net");
        var variable = builder.AddVariable("v", Shape.Of(2), new InMemoryConstantSource(Tensor.Vector(0f, 0f)));

        Assert.Throws<InvalidNodeException>(
            () => builder.Add("assign", new AssignVariable(variable, AssignMode.Assign), GraphBuilder.Constant("c", Tensor.Vector(1f))));
        Assert.Throws<InvalidNodeException>(
            () => builder.Add("assign", new AssignVariable(variable, AssignMode.Assign), GraphBuilder.Constant("c", Tensor.Vector(1, 2))));
    }

    private static Dictionary<string, RuntimeValue> Feed => new() { ["step"] = Tensor.Scalar(1) };

    private static InferenceSession Counter()
    {
        var builder = new GraphBuilder("counter");
        var step = builder.AddInput("step", DataType.Int32, Shape.Scalar);
        var variable = builder.AddVariable("count", Shape.Scalar, new InMemoryConstantSource(Tensor.Scalar(0)));
        builder.AddOutput("before", builder.Add("read", new ReadVariable(variable)));
        builder.AddOutput("after", builder.Add("add", new AssignVariable(variable, AssignMode.Add), step));
        return new InferenceSession(builder.Build());
    }

    private static (int Before, int After) Step(InferenceSession session)
    {
        var outputs = session.Run(Feed, Token);
        return (((Tensor)outputs["before"]).Elements<int>()[0], ((Tensor)outputs["after"]).Elements<int>()[0]);
    }
}
