using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Optimization;

public sealed class ConstantFoldingTests
{
    [Fact]
    public void Apply_NarrowWeightsWidened_BecomeOneConstant()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(1, 3));
        var weights = GraphBuilder.Constant("w", Tensor.From<Half>(Shape.Of(3, 2), [.. Enumerable.Range(0, 6).Select(i => (Half)i)]));
        var wide = builder.Add("cast", new Cast(DataType.Float32), builder.Add("identity", new Identity(), weights));
        builder.AddOutput("y", builder.Add("product", new MatMul(false, false), x, wide));

        var graph = Passes.Fold(builder.Build(), long.MaxValue);

        var node = Assert.Single(graph.Nodes);
        Assert.Equal([0f, 1, 2, 3, 4, 5], ((Tensor)node.Inputs[1].Constant!.Load()).Elements<float>());
    }

    [Fact]
    public void Apply_ShapeArithmeticOnConstants_MakesTheResultsShapeKnown()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2, 3));
        var count = builder.Add("product", new Binary(BinaryFunction.Multiply), GraphBuilder.Constant("a", Tensor.Scalar(2)), GraphBuilder.Constant("b", Tensor.Scalar(3)));
        var shape = builder.Add("pack", new Pack(0), count);
        builder.AddOutput("y", builder.Add("reshape", new Reshape(), x, shape));

        var graph = Passes.Fold(builder.Build(), long.MaxValue);

        Assert.Equal(PartialShape.Of(6), Assert.Single(graph.Outputs).Value.Shape);
    }

    [Fact]
    public void Apply_SmallConstantsMadeHuge_StayANode()
    {
        var builder = new GraphBuilder("net");
        builder.AddOutput("y", builder.Add("fill", new Fill(), GraphBuilder.Constant("shape", Tensor.Vector(1 << 20)), GraphBuilder.Constant("zero", Tensor.Scalar(0f))));

        Assert.Single(Passes.Fold(builder.Build(), long.MaxValue).Nodes);
    }

    [Fact]
    public void Apply_Strings_AreFoldedToo()
    {
        var builder = new GraphBuilder("net");
        var labels = GraphBuilder.Constant("labels", new StringConstantSource(StringTensor.FromText(Shape.Of(3), "a", "b", "c")));
        builder.AddOutput(
            "y", builder.Add("gather", new Gather(0), labels, GraphBuilder.Constant("i", Tensor.Vector(2, 0)), GraphBuilder.Constant("axis", Tensor.Scalar(0))));

        var graph = Passes.Fold(builder.Build(), long.MaxValue);

        Assert.Empty(graph.Nodes);
        var folded = (StringTensor)graph.Outputs[0].Value.Constant!.Load();
        Assert.Equal(["c", "a"], folded.Elements.ToArray().Select(e => System.Text.Encoding.UTF8.GetString(e.Span)));
    }

    [Fact]
    public void Apply_VariableThatIsAssigned_IsNotFolded()
    {
        var builder = new GraphBuilder("net");
        var variable = builder.AddVariable("v", Shape.Of(1), new InMemoryConstantSource(Tensor.Vector(1f)));
        builder.AddOutput("y", builder.Add("negate", new Unary(UnaryFunction.Negate), builder.Add("read", new ReadVariable(variable))));

        Assert.Equal(["read", "negate"], Passes.Fold(builder.Build(), long.MaxValue).Nodes.Select(n => n.Name));
    }

    [Fact]
    public void Apply_WrongConstant_IsRefusedByNode()
    {
        var builder = new GraphBuilder("net");
        var zero = builder.Add("zero", new Unary(UnaryFunction.Negate), GraphBuilder.Constant("z", Tensor.Scalar(0)));
        builder.AddOutput("y", builder.Add("quotient", new Binary(BinaryFunction.Divide), GraphBuilder.Constant("one", Tensor.Scalar(1)), zero));
        var graph = builder.Build();

        var error = Assert.Throws<InvalidNodeException>(() => Passes.Fold(graph, long.MaxValue));

        Assert.Equal("quotient", error.Node);
    }

    [Fact]
    public void Apply_Net_LeavesOtherNodesAlone()
    {
        var graph = SmallNet.Build();

        Assert.Equal(graph.Nodes.Select(n => n.Name), Passes.Fold(graph, long.MaxValue).Nodes.Select(n => n.Name));
    }
}
