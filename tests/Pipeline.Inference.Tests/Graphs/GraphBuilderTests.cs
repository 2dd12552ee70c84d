using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Graphs;

public sealed class GraphBuilderTests
{
    private static readonly Extent2D One = new(1, 1);

    [Fact]
    public void Add_PartlyKnownShapes_InfersWhatFollows()
    {
        var builder = new GraphBuilder("net");
        var picture = builder.AddInput("picture", DataType.Float32, PartialShape.Of(-1, 224, -1, 3));
        var filter = GraphBuilder.Constant("filter", Tensor.Zeros(DataType.Float32, Shape.Of(3, 3, 3, 8)));

        var result = builder.Add("conv", new Conv2D(new Extent2D(2, 2), One, Padding.Same, ValueRange.Unbounded), picture, filter);

        Assert.Equal(PartialShape.Of(-1, 112, -1, 8), result.Shape);
    }

    [Fact]
    public void Add_KnownShapeTensor_DecidesTheShape()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(-1, 2, 3));

        var flat = builder.Add("flat", new Reshape(), x, GraphBuilder.Constant("shape", Tensor.Vector(-1, 6)));

        Assert.Equal(PartialShape.Of(-1, 6), flat.Shape);
    }

    [Fact]
    public void Add_ShapesThatContradict_NamesNodeAndBoth()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2, 3));
        var y = builder.AddInput("y", DataType.Float32, PartialShape.Of(2, 4));

        var error = Assert.Throws<InvalidNodeException>(() => builder.Add("sum", new Binary(BinaryFunction.Add), x, y));

        Assert.Equal("sum", error.Node);
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 4]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_WrongNumberOfInputs_IsRefused()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2));

        var error = Assert.Throws<InvalidNodeException>(() => builder.Add("sum", new Binary(BinaryFunction.Add), x));

        Assert.Contains("1 inputs, it takes 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_TypeThatIsNotImplemented_SaysSo()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Int4, PartialShape.Of(2));

        var error = Assert.Throws<UnsupportedNodeException>(() => builder.Add("sum", new Binary(BinaryFunction.Add), x, x));

        Assert.Equal("sum", error.Node);
        Assert.Contains("Int4", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_ShapeOfTooManyElements_IsRefusedBeforeAnyRun()
    {
        var builder = new GraphBuilder("net");
        var element = GraphBuilder.Constant("element", Tensor.Scalar(0f));

        Assert.Throws<InvalidNodeException>(
            () => builder.Add("fill", new Fill(), GraphBuilder.Constant("shape", Tensor.Vector(1 << 20, 1 << 20)), element));
        Assert.Throws<InvalidNodeException>(
            () => builder.Add("fill", new Fill(), GraphBuilder.Constant("shape", Tensor.Vector(long.MaxValue, 2L)), element));
    }

    [Fact]
    public void Build_NodeThatNothingNeeds_IsLeftOut()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2));
        builder.Add("unused", new Unary(UnaryFunction.Exp), x);
        builder.AddOutput("y", builder.Add("used", new Unary(UnaryFunction.Negate), x));

        Assert.Equal(["used"], builder.Build().Nodes.Select(n => n.Name));
    }

    [Fact]
    public void Build_AssignmentThatNothingReads_Stays()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(2));
        var variable = builder.AddVariable("v", Shape.Of(2), new InMemoryConstantSource(Tensor.Vector(0f, 0f)));
        builder.Add("assign", new AssignVariable(variable, AssignMode.Assign), x);
        builder.AddOutput("y", x);

        Assert.Equal(["assign"], builder.Build().Nodes.Select(n => n.Name));
    }
}
