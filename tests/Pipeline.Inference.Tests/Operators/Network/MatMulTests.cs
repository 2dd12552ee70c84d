using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Network;

public sealed class MatMulTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Run_EveryTileEdge_EqualsNaiveSumBitForBit(bool transposeA, bool transposeB)
    {
        for (var m = 1; m <= 9; m++)
        {
            foreach (var n in (int[])[1, 2, 7, 8, 9, 15, 16, 17, 25, 40])
            {
                const int Depth = 5;
                var a = transposeA ? Samples.Floats(m, Depth, m) : Samples.Floats(m, m, Depth);
                var b = transposeB ? Samples.Floats(n, n, Depth) : Samples.Floats(n, Depth, n);

                var got = OperatorRun.One(new MatMul(transposeA, transposeB), a, b);

                var want = NaiveIndex.Build(Shape.Of(m, n), i =>
                {
                    var sum = 0f;
                    for (var k = 0; k < Depth; k++)
                    {
                        sum += (transposeA ? NaiveIndex.At<float>(a, k, i[0]) : NaiveIndex.At<float>(a, i[0], k))
                            * (transposeB ? NaiveIndex.At<float>(b, i[1], k) : NaiveIndex.At<float>(b, k, i[1]));
                    }

                    return sum;
                });
                Assert.Equal(want.Elements<float>(), got.Elements<float>());
            }
        }
    }

    [Fact]
    public void Run_BatchesBroadcast_EachIsAProduct()
    {
        var (a, b) = (Samples.Floats(1, 2, 1, 3, 4), Samples.Floats(2, 5, 4, 6));

        var got = OperatorRun.One(new MatMul(false, false), a, b);

        var want = NaiveIndex.Build(Shape.Of(2, 5, 3, 6), i => Enumerable.Range(0, 4).Aggregate(
            0f, (sum, k) => sum + (NaiveIndex.At<float>(a, i[0], 0, i[2], k) * NaiveIndex.At<float>(b, i[1], k, i[3]))));
        Assert.Equal(want.Shape, got.Shape);
        Assert.Equal(want.Elements<float>(), got.Elements<float>());
    }

    [Fact]
    public void Run_NoCommonDimension_GivesZeros() =>
        Assert.Equal([0f, 0f], OperatorRun.One(new MatMul(false, false), Tensor.Zeros(DataType.Float32, Shape.Of(2, 0)), Tensor.Zeros(DataType.Float32, Shape.Of(0, 1))).Elements<float>());

    [Fact]
    public void Run_Integers_WrapAround() =>
        Assert.Equal([unchecked(int.MaxValue * 2)], OperatorRun.One(new MatMul(false, false), Tensor.From(Shape.Of(1, 1), int.MaxValue), Tensor.From(Shape.Of(1, 1), 2)).Elements<int>());

    [Fact]
    public void Run_DimensionsThatDiffer_NameBoth()
    {
        var error = OperatorRun.Refused<InvalidNodeException>(new MatMul(false, false), Samples.Floats(1, 2, 3), Samples.Floats(2, 4, 2));

        Assert.Contains("3 here and 4 there", error.Message, StringComparison.Ordinal);
    }
}
