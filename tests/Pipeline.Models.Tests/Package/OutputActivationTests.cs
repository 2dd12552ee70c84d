using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;

namespace Pipeline.Models.Tests.Package;

public sealed class OutputActivationTests
{
    [Fact]
    public void IsActivated_SoftmaxBehindMoves_IsTrue() =>
        Assert.True(IsActivated((graph, x) => graph.Add("out", new Identity(), graph.Add("soft", new Softmax(), x))));

    [Fact]
    public void IsActivated_Sigmoid_IsTrue() =>
        Assert.True(IsActivated((graph, x) => graph.Add("out", new Unary(UnaryFunction.Sigmoid), x)));

    [Fact]
    public void IsActivated_SomethingAfterTheSoftmax_IsFalse() =>
        Assert.False(IsActivated((graph, x) => graph.Add("out", new Unary(UnaryFunction.Negate), graph.Add("soft", new Softmax(), x))));

    [Fact]
    public void IsActivated_InputItself_IsFalse() => Assert.False(IsActivated((_, x) => x));

    private static bool IsActivated(Func<GraphBuilder, Value, Value> build)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput("scores", build(builder, builder.AddInput("x", DataType.Float32, PartialShape.Of(1, 4))));
        return OutputActivation.IsActivated(builder.Build(), "scores");
    }
}
