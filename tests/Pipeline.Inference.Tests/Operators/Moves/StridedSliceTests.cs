using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Moves;

public sealed class StridedSliceTests
{
    [Theory]
    [InlineData(0, 10, 1, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(2, -2, 3, new[] { 2, 5 })]
    [InlineData(-3, 100, 1, new[] { 7, 8, 9 })]
    [InlineData(-100, 2, 1, new[] { 0, 1 })]
    [InlineData(8, 2, -2, new[] { 8, 6, 4 })]
    [InlineData(100, -100, -4, new[] { 9, 5, 1 })]
    [InlineData(5, 5, 1, new int[0])]
    [InlineData(3, 8, -1, new int[0])]
    [InlineData(0, 10, int.MaxValue, new[] { 0 })]
    [InlineData(int.MaxValue, int.MinValue, int.MinValue, new[] { 9 })]
    [InlineData(int.MinValue, int.MaxValue, 4, new[] { 0, 4, 8 })]
    public void Run_OneDimension_IsAsInPython(int begin, int end, int stride, int[] expected) =>
        Assert.Equal(expected, Run(0, 0, Samples.Counting(10), [begin], [end], [stride]).Elements<int>().ToArray());

    [Theory]
    [InlineData(1, 0, 1, new[] { 0, 1, 2 })]
    [InlineData(0, 1, 1, new[] { 4, 5, 6, 7, 8, 9 })]
    [InlineData(1, 0, -1, new[] { 9, 8, 7, 6, 5, 4 })]
    [InlineData(0, 1, -1, new[] { 4, 3, 2, 1, 0 })]
    [InlineData(1, 1, -3, new[] { 9, 6, 3, 0 })]
    public void Run_OpenEnds_ReachTheBorder(int beginMask, int endMask, int stride, int[] expected) =>
        Assert.Equal(expected, Run(beginMask, endMask, Samples.Counting(10), [4], [3], [stride]).Elements<int>().ToArray());

    [Fact]
    public void Run_EllipsisNewAxisAndShrink_MakeTheShape()
    {
        var x = Samples.Counting(2, 3, 4, 5);

        var got = OperatorRun.One(
            new StridedSlice(0, 0, EllipsisMask: 0b0010, NewAxisMask: 0b0100, ShrinkAxisMask: 0b1001),
            x, Tensor.Vector(1, 0, 0, -2), Tensor.Vector(0, 0, 0, 0), Tensor.Vector(1, 1, 1, 1));

        Assert.Equal(Shape.Of(3, 4, 1), got.Shape);
        Assert.Equal(NaiveIndex.Build(got.Shape, i => NaiveIndex.At<int>(x, 1, i[0], i[1], 3)).Elements<int>(), got.Elements<int>());
    }

    [Fact]
    public void Run_FewerEntriesThanDimensions_TakeTheRestWhole()
    {
        var x = Samples.Counting(3, 4, 5);

        var got = Run(0, 0, x, [1, 3], [3, 0], [1, -2]);

        Assert.Equal(NaiveIndex.Build(Shape.Of(2, 2, 5), i => NaiveIndex.At<int>(x, i[0] + 1, 3 - (2 * i[1]), i[2])).Elements<int>(), got.Elements<int>());
    }

    [Fact]
    public void Add_UnknownBatch_KnowsTheRest()
    {
        var builder = new GraphBuilder("net");
        var x = builder.AddInput("x", DataType.Float32, PartialShape.Of(-1, 8));
        Value Vector(params int[] v) => GraphBuilder.Constant("v", Tensor.Vector<int>(v));

        var slice = builder.Add("slice", new StridedSlice(1, 1, 0, 0, 0), x, Vector(0, 2), Vector(0, 6), Vector(1, 2));

        Assert.Equal(PartialShape.Of(-1, 2), slice.Shape);
    }

    [Fact]
    public void Run_WrongEntries_AreRefused()
    {
        var x = Samples.Counting(4);

        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 0, 0, 0), x, Tensor.Vector(0), Tensor.Vector(4), Tensor.Vector(0));
        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 0, 0, 1), x, Tensor.Vector(4), Tensor.Vector(5), Tensor.Vector(1));
        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 0, 0, 1), x, Tensor.Vector(-5), Tensor.Vector(5), Tensor.Vector(1));
        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 3, 0, 0), x, Tensor.Vector(0, 0), Tensor.Vector(4, 4), Tensor.Vector(1, 1));
        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 0, 0, 0), x, Tensor.Vector(0, 0), Tensor.Vector(4, 4), Tensor.Vector(1, 1));
        OperatorRun.Refused<InvalidNodeException>(new StridedSlice(0, 0, 0, 0, 0), x, Tensor.Vector(0), Tensor.Vector(4, 4), Tensor.Vector(1));
    }

    private static Tensor Run(int beginMask, int endMask, Tensor x, int[] begin, int[] end, int[] strides) => OperatorRun.One(
        new StridedSlice(beginMask, endMask, 0, 0, 0), x, Tensor.Vector<int>(begin), Tensor.Vector<int>(end), Tensor.Vector<int>(strides));
}
