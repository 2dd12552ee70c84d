using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Reductions;

public sealed class ReductionTests
{
    public static TheoryData<ReduceFunction, int[], bool> Cases()
    {
        var cases = from function in (ReduceFunction[])[ReduceFunction.Sum, ReduceFunction.Mean, ReduceFunction.Maximum, ReduceFunction.Minimum, ReduceFunction.Product]
                    from axes in (int[][])[[], [0], [1], [-1], [0, 1], [1, 2], [0, 2], [0, 1, 2], [2, -1]]
                    from keep in (bool[])[true, false]
                    select new TheoryDataRow<ReduceFunction, int[], bool>(function, axes, keep);
        return [.. cases];
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reduce_AnyAxes_EqualsNaive(ReduceFunction function, int[] axes, bool keep)
    {
        var x = Samples.Floats(3, 3, 4, 9);

        var got = OperatorRun.One(new Reduce(function, keep), x, Tensor.Vector<int>(axes));

        var reduced = axes.Select(a => (a + 3) % 3).ToHashSet();
        var groups = Enumerable.Range(0, x.Elements<float>().Length)
            .GroupBy(i => string.Join(",", ((int[])[i / 36, i / 9 % 4, i % 9]).Where((_, d) => !reduced.Contains(d))))
            .Select(g => g.Select(i => (double)x.Elements<float>()[i]).ToArray())
            .Select(g => function switch
            {
                ReduceFunction.Sum => g.Sum(),
                ReduceFunction.Mean => g.Average(),
                ReduceFunction.Maximum => g.Max(),
                ReduceFunction.Minimum => g.Min(),
                _ => g.Aggregate(1.0, (a, b) => a * b),
            });
        Assert.Equal(groups.ToArray(), got.Elements<float>().ToArray().Select(v => (double)v), (a, b) => Math.Abs(a - b) <= 1e-6 + (1e-6 * Math.Abs(a)));
        int[] expected = [.. x.Shape.Dimensions.ToArray().Select((s, d) => reduced.Contains(d) ? (keep ? 1 : -1) : s).Where(s => s >= 0)];
        Assert.Equal(Shape.Of(expected), got.Shape);
    }

    [Fact]
    public void Reduce_Nothing_GivesTheNeutralElement()
    {
        var empty = Tensor.Zeros(DataType.Float32, Shape.Of(0, 2));
        float[] Run(ReduceFunction function) => OperatorRun.One(new Reduce(function, false), empty, Tensor.Vector(0)).Elements<float>().ToArray();

        Assert.Equal([0f, 0f], Run(ReduceFunction.Sum));
        Assert.Equal([float.NaN, float.NaN], Run(ReduceFunction.Mean));
        Assert.Equal([float.NegativeInfinity, float.NegativeInfinity], Run(ReduceFunction.Maximum));
        Assert.Equal([1f, 1f], Run(ReduceFunction.Product));
    }

    [Fact]
    public void Reduce_NaN_Wins()
    {
        var x = Tensor.Vector(1f, float.NaN, 2f);

        Assert.All(
            (ReduceFunction[])[ReduceFunction.Sum, ReduceFunction.Mean, ReduceFunction.Maximum, ReduceFunction.Minimum, ReduceFunction.Product],
            f => Assert.True(float.IsNaN(OperatorRun.One(new Reduce(f, false), x, Tensor.Scalar(0)).Elements<float>()[0])));
    }

    [Fact]
    public void Reduce_LongSum_KeepsItsDigits()
    {
        var x = Tensor.Zeros(DataType.Float32, Shape.Of(1 << 20));
        x.Elements<float>().Fill(0.1f);

        Assert.Equal(0.1f, OperatorRun.One(new Reduce(ReduceFunction.Mean, false), x, Tensor.Vector(0)).Elements<float>()[0]);
    }

    [Fact]
    public void Reduce_Booleans_AreLogical()
    {
        var x = Tensor.From(Shape.Of(2, 2), true, false, true, true);

        Assert.Equal([false, true], OperatorRun.One(new Reduce(ReduceFunction.All, false), x, Tensor.Vector(1)).Elements<bool>());
        Assert.Equal([true, true], OperatorRun.One(new Reduce(ReduceFunction.Any, false), x, Tensor.Vector(0)).Elements<bool>());
        OperatorRun.Refused<InvalidNodeException>(new Reduce(ReduceFunction.Sum, false), x, Tensor.Vector(1));
    }

    [Fact]
    public void Reduce_AxisOutside_IsRefused() =>
        OperatorRun.Refused<InvalidNodeException>(new Reduce(ReduceFunction.Sum, false), Samples.Floats(1, 2), Tensor.Vector(1));

    [Fact]
    public void ArgReduce_Ties_GoToTheFirst()
    {
        var x = Tensor.From(Shape.Of(2, 3), 1f, 3f, 3f, 0f, float.NaN, 0f);

        Assert.Equal([1L, 0L], OperatorRun.One(new ArgReduce(ArgFunction.Maximum, DataType.Int64), x, Tensor.Scalar(1)).Elements<long>());
        Assert.Equal([1, 0, 1], OperatorRun.One(new ArgReduce(ArgFunction.Minimum, DataType.Int32), x, Tensor.Scalar(0)).Elements<int>());
        Assert.Equal([1], OperatorRun.One(new ArgReduce(ArgFunction.Maximum, DataType.Int32), Tensor.Vector(false, true), Tensor.Scalar(0)).Elements<int>());
        OperatorRun.Refused<InvalidNodeException>(new ArgReduce(ArgFunction.Maximum, DataType.Int32), Tensor.Zeros(DataType.Float32, Shape.Of(2, 0)), Tensor.Scalar(1));
    }

    [Fact]
    public void TopK_Ties_KeepTheLowerIndexFirst()
    {
        var outputs = OperatorRun.All(new TopK(true, DataType.Int32), Tensor.From(Shape.Of(2, 4), 1f, 5f, 5f, 2f, -1f, -2f, -1f, -3f), Tensor.Scalar(3));

        Assert.Equal([5f, 5f, 2f, -1f, -1f, -2f], ((Tensor)outputs[0]).Elements<float>());
        Assert.Equal([1, 2, 3, 0, 2, 1], ((Tensor)outputs[1]).Elements<int>());
        OperatorRun.Refused<InvalidNodeException>(new TopK(true, DataType.Int32), Samples.Floats(1, 2), Tensor.Scalar(3));
        OperatorRun.Refused<InvalidNodeException>(new TopK(true, DataType.Int32), Samples.Floats(1, 2), Tensor.Scalar(-1));
    }

    [Theory]
    [InlineData(false, false, new[] { 1, 3, 6 })]
    [InlineData(true, false, new[] { 0, 1, 3 })]
    [InlineData(false, true, new[] { 6, 5, 3 })]
    [InlineData(true, true, new[] { 5, 3, 0 })]
    public void Cumulate_EveryDirection_RunsAlongTheAxis(bool exclusive, bool reverse, int[] expected) =>
        Assert.Equal(expected, OperatorRun.One(new Cumulate(CumulativeFunction.Sum, exclusive, reverse), Tensor.Vector(1, 2, 3), Tensor.Scalar(0)).Elements<int>().ToArray());

    [Fact]
    public void Cumulate_Product_RunsDownColumns() =>
        Assert.Equal([1, 2, 3, 8], OperatorRun.One(new Cumulate(CumulativeFunction.Product, false, false), Tensor.From(Shape.Of(2, 2), 1, 2, 3, 4), Tensor.Scalar(-2)).Elements<int>());
}
