using System.Text;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Moves;

public sealed class MoveTests
{
    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 0, 3, 1, 2 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 0, 3, 2 })]
    [InlineData(new[] { -1, 0, 2, 1 })]
    public void Transpose_AnyPermutation_MovesIndices(int[] permutation)
    {
        var x = Samples.Counting(2, 3, 4, 5);

        var got = OperatorRun.One(new Transpose(), x, Tensor.Vector<int>(permutation));

        int[] axes = [.. permutation.Select(p => (p + 4) % 4)];
        Assert.Equal(Shape.Of([.. axes.Select(p => x.Shape[p])]), got.Shape);
        Assert.Equal(
            NaiveIndex.Build(got.Shape, i => NaiveIndex.At<int>(x, [.. Enumerable.Range(0, 4).Select(d => i[Array.IndexOf(axes, d)])])).Elements<int>(),
            got.Elements<int>());
    }

    [Fact]
    public void Transpose_NotAPermutation_IsRefused()
    {
        OperatorRun.Refused<InvalidNodeException>(new Transpose(), Samples.Counting(2, 3), Tensor.Vector(0, 0));
        OperatorRun.Refused<InvalidNodeException>(new Transpose(), Samples.Counting(2, 3), Tensor.Vector(0, 2));
        OperatorRun.Refused<InvalidNodeException>(new Transpose(), Samples.Counting(2, 3), Tensor.Vector(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void ConcatAndSplitSizes_AnyAxis_AreInverse(int axis)
    {
        var x = Samples.Counting(6, 6, 6);

        var parts = OperatorRun.All(new SplitSizes(3), x, Tensor.Vector(1, -1, 3), Tensor.Scalar(axis));

        Assert.Equal([1, 2, 3], parts.Select(p => p.Shape[axis < 0 ? ^1 : axis]));
        Assert.Equal(x.Elements<int>(), OperatorRun.One(new Concat(), [.. parts, Tensor.Scalar(axis)]).Elements<int>());
    }

    [Fact]
    public void Split_EqualParts_AreSlices()
    {
        var parts = OperatorRun.All(new Split(2), Samples.Counting(2, 4), Tensor.Scalar(1));

        Assert.Equal([0, 1, 4, 5], ((Tensor)parts[0]).Elements<int>());
        Assert.Equal([2, 3, 6, 7], ((Tensor)parts[1]).Elements<int>());
        OperatorRun.Refused<InvalidNodeException>(new Split(3), Samples.Counting(2, 4), Tensor.Scalar(1));
        OperatorRun.Refused<InvalidNodeException>(new SplitSizes(2), Samples.Counting(4), Tensor.Vector(3, 2), Tensor.Scalar(0));
        OperatorRun.Refused<InvalidNodeException>(new SplitSizes(2), Samples.Counting(4), Tensor.Vector(5, -1), Tensor.Scalar(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void PackAndUnpack_AnyAxis_AreInverse(int axis)
    {
        Tensor[] rows = [.. Enumerable.Range(0, 3).Select(s => Samples.Floats(s, 4, 5))];

        var packed = OperatorRun.One(new Pack(axis), rows);
        var unpacked = OperatorRun.All(new Unpack(axis, 3), packed);

        Assert.Equal(3, packed.Shape[axis < 0 ? ^1 : axis]);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Equal(rows[i].Elements<float>(), ((Tensor)unpacked[i]).Elements<float>()));
        OperatorRun.Refused<InvalidNodeException>(new Unpack(axis, 2), packed);
    }

    [Fact]
    public void Concat_DimensionsThatDiffer_AreRefused() =>
        OperatorRun.Refused<InvalidNodeException>(new Concat(), Samples.Counting(2, 3), Samples.Counting(2, 4), Tensor.Scalar(0));

    [Fact]
    public void Slice_Boxes_StayInside()
    {
        var x = Samples.Counting(3, 4);

        Assert.Equal([5, 6, 9, 10], OperatorRun.One(new Slice(), x, Tensor.Vector(1, 1), Tensor.Vector(-1, 2)).Elements<int>());
        OperatorRun.Refused<InvalidNodeException>(new Slice(), x, Tensor.Vector(1, 1), Tensor.Vector(2, 4));
        OperatorRun.Refused<InvalidNodeException>(new Slice(), x, Tensor.Vector(-1, 1), Tensor.Vector(1, 1));
        OperatorRun.Refused<InvalidNodeException>(new Slice(), x, Tensor.Vector(4, 0), Tensor.Vector(-1, 1));
        OperatorRun.Refused<InvalidNodeException>(new Slice(), x, Tensor.Vector(long.MaxValue, 0), Tensor.Vector(long.MaxValue, 1L));
    }

    [Fact]
    public void Reshape_OpenDimension_IsWhatIsLeft()
    {
        var x = Samples.Counting(2, 6);

        Assert.Equal(Shape.Of(3, 4), OperatorRun.One(new Reshape(), x, Tensor.Vector(3, -1)).Shape);
        Assert.Equal(Shape.Of(0, 3), OperatorRun.One(new Reshape(), Tensor.Zeros(DataType.Int32, Shape.Of(0, 6)), Tensor.Vector(-1, 3)).Shape);
        OperatorRun.Refused<InvalidNodeException>(new Reshape(), x, Tensor.Vector(5, -1));
        OperatorRun.Refused<InvalidNodeException>(new Reshape(), x, Tensor.Vector(-1, -1));
        OperatorRun.Refused<InvalidNodeException>(new Reshape(), x, Tensor.Vector(3, 5));
        OperatorRun.Refused<InvalidNodeException>(new Reshape(), x, Tensor.Vector(-2, 6));
    }

    [Fact]
    public void SqueezeAndExpandDims_ChangeTheShapeOnly()
    {
        var x = Samples.Counting(1, 3, 1);

        Assert.Equal(Shape.Of(3), OperatorRun.One(new Squeeze(AxisList.Of()), x).Shape);
        Assert.Equal(Shape.Of(1, 3), OperatorRun.One(new Squeeze(AxisList.Of(-1)), x).Shape);
        Assert.Equal(Shape.Of(1, 3, 1, 1), OperatorRun.One(new ExpandDims(), x, Tensor.Scalar(-1)).Shape);
        OperatorRun.Refused<InvalidNodeException>(new Squeeze(AxisList.Of(1)), x);
        OperatorRun.Refused<InvalidNodeException>(new ExpandDims(), x, Tensor.Scalar(5));
    }

    [Fact]
    public void ShapeSizeRank_OfAnyValue_AreNumbers()
    {
        var x = StringTensor.FromText(Shape.Of(2, 1), "a", "b");

        Assert.Equal([2L, 1L], OperatorRun.One(new ShapeOf(DataType.Int64), x).Elements<long>());
        Assert.Equal([2], OperatorRun.One(new SizeOf(DataType.Int32), x).Elements<int>());
        Assert.Equal([2], OperatorRun.One(new RankOf(), x).Elements<int>());
    }

    [Fact]
    public void Tile_Multiples_RepeatWhole()
    {
        var x = Samples.Counting(2, 3);

        var got = OperatorRun.One(new Tile(), x, Tensor.Vector(2, 3));

        Assert.Equal(NaiveIndex.Build(Shape.Of(4, 9), i => NaiveIndex.At<int>(x, i[0] % 2, i[1] % 3)).Elements<int>(), got.Elements<int>());
        Assert.Equal(Shape.Of(2, 0), OperatorRun.One(new Tile(), x, Tensor.Vector(1, 0)).Shape);
        OperatorRun.Refused<InvalidNodeException>(new Tile(), x, Tensor.Vector(1, -1));
        OperatorRun.Refused<InvalidNodeException>(new Tile(), x, Tensor.Vector(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void FillAndBroadcast_RepeatElements()
    {
        Assert.Equal([7, 7, 7, 7], OperatorRun.One(new Fill(), Tensor.Vector(2, 2), Tensor.Scalar(7)).Elements<int>());
        Assert.Equal([1, 1, 2, 2], OperatorRun.One(new BroadcastTo(), Tensor.From(Shape.Of(2, 1), 1, 2), Tensor.Vector(2, 2)).Elements<int>());
        Assert.Equal([1f, 1f], OperatorRun.One(new FillLike(1), Tensor.Vector(5f, 6f)).Elements<float>());
        Assert.Equal([false], OperatorRun.One(new FillLike(0), Tensor.Vector(true)).Elements<bool>());
        OperatorRun.Refused<InvalidNodeException>(new BroadcastTo(), Samples.Counting(2), Tensor.Vector(1));
        OperatorRun.Refused<InvalidNodeException>(new Fill(), Tensor.Vector(-1), Tensor.Scalar(7));
    }

    [Fact]
    public void Gather_Batches_PickWithinTheirOwn()
    {
        var x = Samples.Counting(2, 3, 4, 2);
        var indices = Tensor.From(Shape.Of(2, 2), 3L, 0L, 1L, 1L);

        var got = OperatorRun.One(new Gather(1), x, indices, Tensor.Scalar(2));

        Assert.Equal(
            NaiveIndex.Build(Shape.Of(2, 3, 2, 2), i => NaiveIndex.At<int>(x, i[0], i[1], (int)NaiveIndex.At<long>(indices, i[0], i[2]), i[3])).Elements<int>(),
            got.Elements<int>());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Gather_IndexOutside_IsRefused(int index) =>
        OperatorRun.Refused<InvalidNodeException>(new Gather(0), Samples.Counting(3), Tensor.Vector(index), Tensor.Scalar(0));

    [Theory]
    [InlineData(PadMode.Reflect, new[] { 2, 1, 0, 1, 2, 1 })]
    [InlineData(PadMode.Symmetric, new[] { 1, 0, 0, 1, 2, 2 })]
    [InlineData(PadMode.Constant, new[] { 0, 0, 0, 1, 2, 0 })]
    public void Pad_OneDimension_FollowsItsMode(PadMode mode, int[] expected) =>
        Assert.Equal(expected, OperatorRun.One(new Pad(mode), Samples.Counting(3), Tensor.From(Shape.Of(1, 2), 2, 1)).Elements<int>().ToArray());

    [Fact]
    public void Pad_TwoDimensions_MirrorsBoth()
    {
        var x = Samples.Counting(2, 3);

        var got = OperatorRun.One(new Pad(PadMode.Reflect), x, Tensor.From(Shape.Of(2, 2), 1, 1, 2, 0));

        int[] rows = [1, 0, 1, 0];
        int[] columns = [2, 1, 0, 1, 2];
        Assert.Equal(NaiveIndex.Build(Shape.Of(4, 5), i => NaiveIndex.At<int>(x, rows[i[0]], columns[i[1]])).Elements<int>(), got.Elements<int>());
    }

    [Fact]
    public void Pad_WrongBorders_AreRefused()
    {
        var x = Samples.Counting(3);

        OperatorRun.Refused<InvalidNodeException>(new Pad(PadMode.Reflect), x, Tensor.From(Shape.Of(1, 2), 3, 0));
        OperatorRun.Refused<InvalidNodeException>(new Pad(PadMode.Symmetric), x, Tensor.From(Shape.Of(1, 2), 4, 0));
        OperatorRun.Refused<InvalidNodeException>(new Pad(PadMode.Constant), x, Tensor.From(Shape.Of(1, 2), -1, 0));
        OperatorRun.Refused<InvalidNodeException>(new Pad(PadMode.Constant), x, Tensor.From(Shape.Of(2, 2), 0, 0, 0, 0));
        OperatorRun.Refused<InvalidNodeException>(new Pad(PadMode.Constant), x, Tensor.From(Shape.Of(1, 2), int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Pad_Element_StandsAround() =>
        Assert.Equal([9f, 0.5f, 9f], OperatorRun.One(new Pad(PadMode.Constant), Tensor.Vector(0.5f), Tensor.From(Shape.Of(1, 2), 1, 1), Tensor.Scalar(9f)).Elements<float>());

    [Fact]
    public void OneHot_IndexOutside_IsAllOff()
    {
        var got = OperatorRun.One(new OneHot(-1), Tensor.Vector(1, -1, 3), Tensor.Scalar(3), Tensor.Scalar(1f), Tensor.Scalar(0.5f));

        Assert.Equal([0.5f, 1f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f], got.Elements<float>());
        Assert.Equal([0, 0, 1, 0], OperatorRun.One(new OneHot(0), Tensor.Vector(1, -1), Tensor.Scalar(2), Tensor.Scalar(1), Tensor.Scalar(0)).Elements<int>());
    }

    [Fact]
    public void SpaceAndDepth_Blocks_AreInverse()
    {
        var x = Samples.Counting(2, 4, 6, 3);

        var deep = OperatorRun.One(new SpaceToDepth(2), x);

        Assert.Equal(NaiveIndex.Build(Shape.Of(2, 2, 3, 12), i => NaiveIndex.At<int>(x, i[0], (2 * i[1]) + (i[3] / 6), (2 * i[2]) + (i[3] / 3 % 2), i[3] % 3)).Elements<int>(), deep.Elements<int>());
        Assert.Equal(x.Elements<int>(), OperatorRun.One(new DepthToSpace(2), deep).Elements<int>());
        OperatorRun.Refused<InvalidNodeException>(new SpaceToDepth(5), x);
        OperatorRun.Refused<InvalidNodeException>(new DepthToSpace(0), x);
        OperatorRun.Refused<InvalidNodeException>(new DepthToSpace(int.MaxValue), x);
    }

    [Fact]
    public void SpaceToBatch_PaddedBlocks_ComeBackThroughBatchToSpace()
    {
        var x = Samples.Counting(2, 3, 5, 2);
        var blocks = Tensor.Vector(2, 3);
        var borders = Tensor.From(Shape.Of(2, 2), 1, 0, 0, 1);

        var packed = OperatorRun.One(new SpaceToBatch(), x, blocks, borders);

        Assert.Equal(
            NaiveIndex.Build(Shape.Of(12, 2, 2, 2), i =>
            {
                var block = i[0] / 2;
                var (row, column) = ((i[1] * 2) + (block / 3) - 1, (i[2] * 3) + (block % 3));
                return row < 0 || column >= 5 ? 0 : NaiveIndex.At<int>(x, i[0] % 2, row, column, i[3]);
            }).Elements<int>(),
            packed.Elements<int>());
        Assert.Equal(x.Elements<int>(), OperatorRun.One(new BatchToSpace(), packed, blocks, borders).Elements<int>());
    }

    [Fact]
    public void Range_AnyDirection_StopsBeforeTheLimit()
    {
        Assert.Equal([1, 4, 7], OperatorRun.One(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(1), Tensor.Scalar(10), Tensor.Scalar(3)).Elements<int>());
        Assert.Equal([3, 2], OperatorRun.One(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(3), Tensor.Scalar(1), Tensor.Scalar(-1)).Elements<int>());
        Assert.Equal([0f, 0.5f], OperatorRun.One(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(0f), Tensor.Scalar(0.75f), Tensor.Scalar(0.5f)).Elements<float>());
        OperatorRun.Refused<InvalidNodeException>(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(1), Tensor.Scalar(10), Tensor.Scalar(0));
        OperatorRun.Refused<InvalidNodeException>(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(1), Tensor.Scalar(10), Tensor.Scalar(-1));
        OperatorRun.Refused<InvalidNodeException>(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(0L), Tensor.Scalar(long.MaxValue), Tensor.Scalar(1L));
        OperatorRun.Refused<InvalidNodeException>(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(0f), Tensor.Scalar(float.PositiveInfinity), Tensor.Scalar(1f));
        OperatorRun.Refused<InvalidNodeException>(new Pipeline.Inference.Operators.Range(), Tensor.Scalar(0f), Tensor.Scalar(1f), Tensor.Scalar(float.NaN));
    }

    [Fact]
    public void Moves_OfStrings_KeepTheBytes()
    {
        var x = StringTensor.FromText(Shape.Of(2, 2), "a", "b", "c", "d");

        Assert.Equal("acbd", Text(OperatorRun.All(new Transpose(), x, Tensor.Vector(1, 0))[0]));
        Assert.Equal("abcdabcd", Text(OperatorRun.All(new Concat(), x, x, Tensor.Scalar(0))[0]));
        Assert.Equal("db", Text(OperatorRun.All(new StridedSlice(0, 1, 0, 0, 2), x, Tensor.Vector(1, 1), Tensor.Vector(0, 0), Tensor.Vector(-1, 1))[0]));
        Assert.Equal("cdab", Text(OperatorRun.All(new Gather(0), x, Tensor.Vector(1, 0), Tensor.Scalar(0))[0]));
        Assert.Equal("aXcX", Text(OperatorRun.All(new Select(), Tensor.Vector(true, false), x, StringTensor.FromText(Shape.Scalar, "X"))[0]));
    }

    private static string Text(RuntimeValue value) =>
        string.Concat(((StringTensor)value).Elements.ToArray().Select(e => Encoding.UTF8.GetString(e.Span)));
}
