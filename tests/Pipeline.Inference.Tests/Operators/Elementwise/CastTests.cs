using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Elementwise;

public sealed class CastTests
{
    public static TheoryData<DataType, DataType> Pairs()
    {
        var data = new TheoryData<DataType, DataType>();
        var types = Enum.GetValues<DataType>().Where(t => t.IsNumeric() && t != DataType.Int4).ToArray();
        foreach (var from in types)
        {
            foreach (var to in types)
            {
                data.Add(from, to);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Run_NumbersThatBothHold_ArriveUnchanged(DataType from, DataType to)
    {
        var source = OperatorRun.One(new Cast(from), Tensor.Vector(0, 1, 1, 0));

        var got = OperatorRun.One(new Cast(to), source);

        Assert.Equal(to, got.DataType);
        Assert.Equal([0, 1, 1, 0], OperatorRun.One(new Cast(DataType.Int32), got).Elements<int>());
    }

    [Fact]
    public void Run_FloatsToIntegers_GoTowardsZero() =>
        Assert.Equal([2, -2, 0, int.MaxValue, int.MinValue, 0], OperatorRun.One(
            new Cast(DataType.Int32), Tensor.Vector(2.9f, -2.9f, -0.5f, 1e20f, -1e20f, float.NaN)).Elements<int>());

    [Fact]
    public void Run_IntegersToNarrower_LoseHighBits() =>
        Assert.Equal([(byte)44, (byte)255], OperatorRun.One(new Cast(DataType.UInt8), Tensor.Vector(300, -1)).Elements<byte>());

    [Fact]
    public void Run_ToBoolean_IsWhetherNotZero() =>
        Assert.Equal([false, true, true, true], OperatorRun.One(new Cast(DataType.Bool), Tensor.Vector(0f, 0.1f, -1f, float.NaN)).Elements<bool>());

    [Fact]
    public void Run_ToNarrowFloats_RoundsToNearestEven()
    {
        Assert.Equal([(Half)2048, (Half)2052, Half.PositiveInfinity], OperatorRun.One(new Cast(DataType.Float16), Tensor.Vector(2049f, 2051f, 1e6f)).Elements<Half>());
        Assert.Equal([(BFloat16)256f, (BFloat16)260f], OperatorRun.One(new Cast(DataType.BFloat16), Tensor.Vector(257f, 259f)).Elements<BFloat16>());
    }

    [Theory]
    [InlineData(DataType.String)]
    [InlineData(DataType.Int4)]
    [InlineData(DataType.Variant)]
    public void Run_TypeThatCannot_IsRefused(DataType target) => OperatorRun.Refused<UnsupportedNodeException>(new Cast(target), Tensor.Vector(1));
}
