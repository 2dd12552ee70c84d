using Pipeline.Inference.Graphs;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Measuring;

public sealed class GraphCostsTests
{
    private static readonly Extent2D One = new(1, 1);

    private readonly GraphBuilder _builder = new("test");

    [Fact]
    public void Of_Convolutions_CountsProductsOfEveryResult()
    {
        var picture = _builder.AddInput("picture", DataType.Float32, PartialShape.Of(-1, 8, 10, 4));
        var full = _builder.Add("full", new Conv2D(new Extent2D(2, 2), One, Padding.Same, ValueRange.Unbounded), picture, Weights(3, 5, 4, 6));
        var grouped = _builder.Add("grouped", new Conv2D(One, One, Padding.Same, ValueRange.Unbounded), full, Weights(1, 1, 3, 8));
        _builder.AddOutput("depthwise", _builder.Add("depthwise", new DepthwiseConv2D(One, One, Padding.Valid, ValueRange.Unbounded), grouped, Weights(3, 3, 8, 2)));

        var costs = Costs([2, 8, 10, 4]);

        Assert.Equal([2L * 4 * 5 * 6 * 3 * 5 * 4, 2L * 4 * 5 * 8 * 3, 2L * 2 * 3 * 16 * 9], costs.Nodes.Select(node => node.MultiplyAdds!.Value));
        Assert.Equal(costs.Nodes.Sum(node => node.MultiplyAdds), costs.MultiplyAdds);
        Assert.Equal((3 * 5 * 4 * 6) + (3 * 8) + (9 * 16), costs.Parameters);
        Assert.Equal(costs.Parameters * sizeof(float), costs.ConstantBytes);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Of_MatrixProducts_CountsTheCommonDimension(bool transposeA, bool transposeB)
    {
        var left = _builder.AddInput("left", DataType.Float32, PartialShape.OfRank(3));
        var right = _builder.AddInput("right", DataType.Float32, PartialShape.OfRank(3));
        _builder.AddOutput("product", _builder.Add("product", new MatMul(transposeA, transposeB), left, right));

        var costs = GraphCosts.Of(_builder.Build(), [transposeA ? Shape.Of(5, 7, 2) : Shape.Of(5, 2, 7), transposeB ? Shape.Of(1, 3, 7) : Shape.Of(1, 7, 3)]);

        Assert.Equal(5 * 2 * 3 * 7, costs.MultiplyAdds);
    }

    [Fact]
    public void Of_EinsteinSummation_CountsTheCommonLabelsThatAreSummed()
    {
        var left = _builder.AddInput("left", DataType.Float32, PartialShape.OfRank(4));
        var right = _builder.AddInput("right", DataType.Float32, PartialShape.OfRank(4));
        _builder.AddOutput("product", _builder.Add("product", new Einsum("aecd,abcd->acbe"), left, right));

        Assert.Equal(2L * 4 * 6 * 3 * 5, GraphCosts.Of(_builder.Build(), [Shape.Of(2, 3, 4, 5), Shape.Of(2, 6, 4, 5)]).MultiplyAdds);
        Assert.Null(GraphCosts.Of(_builder.Build(), [PartialShape.OfRank(4), Shape.Of(2, 6, 4, 5)]).MultiplyAdds);
    }

    [Fact]
    public void Of_ShapeArithmetic_IsDoneAndCostsNothing()
    {
        var picture = _builder.AddInput("picture", DataType.Float32, PartialShape.Of(-1, 2, 3));
        var zero = GraphBuilder.Constant("zero", Tensor.Scalar(0));
        var shape = _builder.Add("shape", new ShapeOf(DataType.Int32), picture);
        var batch = _builder.Add("batch", new Gather(0), shape, zero, zero);
        var target = _builder.Add("target", new Pack(0), batch, GraphBuilder.Constant("six", Tensor.Scalar(6)));
        var flat = _builder.Add("flat", new Reshape(), picture, target);
        _builder.AddOutput("product", _builder.Add("product", new MatMul(false, false), flat, Weights(6, 4)));

        var costs = Costs([3, 2, 3]);

        Assert.Equal(["flat", "product"], costs.Nodes.Select(node => node.Name));
        Assert.Equal(3 * 6 * 4, costs.MultiplyAdds);
        Assert.Equal(Shape.Of(3, 6), costs.Nodes[0].Outputs[0].Shape.ToShape());
    }

    [Fact]
    public void Of_Chain_PeakIsTheLargestSetOfValuesThatLiveAtATime()
    {
        var input = _builder.AddInput("input", DataType.Float32, PartialShape.Of(10));
        var wide = _builder.Add("wide", new BroadcastTo(), input, GraphBuilder.Constant("shape", Tensor.Vector(4, 10)));
        var view = _builder.Add("view", new Reshape(), wide, GraphBuilder.Constant("flat", Tensor.Vector(40)));
        var mapped = _builder.Add("mapped", new Unary(UnaryFunction.Negate), view);
        _builder.AddOutput("result", _builder.Add("result", new Unary(UnaryFunction.Negate), mapped));

        Assert.Equal((40 + 40) * sizeof(float), Costs([10]).PeakValueBytes);
    }

    [Fact]
    public void Of_InputThatNobodyUsesAgain_LivesUntilThen()
    {
        var input = _builder.AddInput("input", DataType.Float32, PartialShape.Of(10));
        var negative = _builder.Add("negative", new Unary(UnaryFunction.Negate), input);
        _builder.AddOutput("sum", _builder.Add("sum", new Binary(BinaryFunction.Add), negative, input));

        Assert.Equal(30 * sizeof(float), Costs([10]).PeakValueBytes);
    }

    [Fact]
    public void Of_ShapeThatOnlyARunTells_IsNull()
    {
        var numbers = _builder.AddInput("numbers", DataType.Float32, PartialShape.Of(4));
        var length = _builder.AddInput("length", DataType.Int32, PartialShape.Of(2));
        var rows = _builder.Add("rows", new Reshape(), numbers, length);
        _builder.AddOutput("product", _builder.Add("product", new MatMul(false, true), rows, rows));

        var costs = GraphCosts.Of(_builder.Build(), [Shape.Of(4), Shape.Of(2)]);

        Assert.Null(costs.MultiplyAdds);
        Assert.Null(costs.PeakValueBytes);
    }

    [Fact]
    public void Of_OpenBatch_KnowsTheWeightsAndNoCounts()
    {
        var picture = _builder.AddInput("picture", DataType.Float32, PartialShape.Of(-1, 8, 8, 2));
        _builder.AddOutput("conv", _builder.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Unbounded), picture, Weights(3, 3, 2, 5)));

        var costs = GraphCosts.Of(_builder.Build(), [PartialShape.Of(-1, 8, 8, 2)]);

        Assert.Equal(90, costs.Parameters);
        Assert.Null(costs.MultiplyAdds);
        Assert.Equal("Float32[?, 8, 8, 5]", costs.Nodes.Single().Outputs[0].ToString());
    }

    [Fact]
    public void Of_NetOfKnownShapes_ShowsWhatThePassesMakeOfIt()
    {
        var graph = SmallNet.Build();

        var costs = GraphCosts.Of(graph, [PartialShape.Of(2, 12, 10, 3)]);

        Assert.Contains(costs.Nodes, node => node.Operator == "Clamp");
        Assert.DoesNotContain(costs.PlannedNodes!.Value, node => node.Operator == "Clamp");
        Assert.Equal(costs.MultiplyAdds, GraphCosts.SumOfMultiplyAdds(costs.PlannedNodes.Value));
        Assert.Null(GraphCosts.Of(graph, [PartialShape.Of(-1, 12, 10, 3)]).PlannedNodes);
    }

    [Fact]
    public void Of_ResidualAndDense_AreCountedWithinWhatTheyAreMergedInto()
    {
        var picture = _builder.AddInput("picture", DataType.Float32, PartialShape.Of(1, 4, 4, 8));
        var conv = _builder.Add("conv", new Conv2D(One, One, Padding.Same, ValueRange.Unbounded), picture, Weights(1, 1, 8, 8));
        var sum = _builder.Add("sum", new Binary(BinaryFunction.Add), _builder.Add("bias", new BiasAdd(), conv, Weights(8)), picture);
        var mean = _builder.Add("mean", new Reduce(ReduceFunction.Mean, false), sum, GraphBuilder.Constant("axes", Tensor.Vector(1, 2)));
        _builder.AddOutput("dense", _builder.Add("dense", new MatMul(false, false), mean, Weights(8, 5)));

        var planned = Costs([1, 4, 4, 8]).PlannedNodes!.Value;

        Assert.Equal([("FusedConvolution", 4L * 4 * 8 * 8), ("ReduceMean", 0), ("Dense", 8 * 5)], planned.Select(node => (node.Operator, node.MultiplyAdds!.Value)));
    }

    [Fact]
    public void Of_NodeAttributes_AreReadable()
    {
        var picture = _builder.AddInput("picture", DataType.Float32, PartialShape.Of(1, 8, 8, 1));
        _builder.AddOutput("conv", _builder.Add("conv", new Conv2D(new Extent2D(2, 3), One, Padding.Same, ValueRange.Relu6), picture, Weights(3, 3, 1, 1)));

        var node = Costs([1, 8, 8, 1]).Nodes.Single();

        Assert.Equal("Conv2D", node.Operator);
        Assert.Equal("Strides = 2x3, Dilations = 1x1, Padding = Same, Activation = 0 to 6", node.Attributes);
    }

    [Fact]
    public void Of_ShapesThatDoNotFit_AreRefused()
    {
        var input = _builder.AddInput("input", DataType.Float32, PartialShape.Of(-1, 3));
        _builder.AddOutput("output", _builder.Add("output", new Unary(UnaryFunction.Negate), input));
        var graph = _builder.Build();

        Assert.Throws<ArgumentException>(() => GraphCosts.Of(graph, []));
        Assert.Contains("'input'", Assert.Throws<ArgumentException>(() => GraphCosts.Of(graph, [Shape.Of(1, 4)])).Message, StringComparison.Ordinal);
    }

    private static Value Weights(params int[] dimensions) => GraphBuilder.Constant("weights", Tensor.Zeros(DataType.Float32, Shape.Of(dimensions)));

    private GraphCosts Costs(int[] shape) => GraphCosts.Of(_builder.Build(), [Shape.Of(shape)]);
}
