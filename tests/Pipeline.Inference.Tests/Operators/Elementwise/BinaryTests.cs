using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Elementwise;

public sealed class BinaryTests
{
    [Theory]
    [InlineData(new[] { 2, 3, 17 }, new[] { 2, 3, 17 })]
    [InlineData(new[] { 2, 3, 17 }, new[] { 17 })]
    [InlineData(new[] { 17 }, new[] { 2, 3, 17 })]
    [InlineData(new[] { 2, 3, 17 }, new int[0])]
    [InlineData(new[] { 2, 3, 17 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 1, 17 }, new[] { 1, 3, 1 })]
    [InlineData(new[] { 4, 1, 3, 1 }, new[] { 2, 1, 5 })]
    [InlineData(new[] { 1, 1 }, new[] { 1 })]
    [InlineData(new[] { 0, 3 }, new[] { 1, 3 })]
    public void Subtract_AnyBroadcast_EqualsElementByElement(int[] first, int[] second)
    {
        var (x, y) = (Samples.Floats(1, first), Samples.Floats(2, second));

        var got = OperatorRun.One(new Binary(BinaryFunction.Subtract), x, y);

        Assert.Equal(NaiveIndex.Build(got.Shape, i => NaiveIndex.At<float>(x, i) - NaiveIndex.At<float>(y, i)).Elements<float>(), got.Elements<float>());
    }

    [Fact]
    public void MaximumAndMinimum_NaNOnEitherSide_GiveNaN()
    {
        for (var length = 1; length <= 40; length++)
        {
            for (var at = 0; at < length; at++)
            {
                var (x, y) = (Samples.Floats(1, length), Samples.Floats(2, length));
                x.Elements<float>()[at] = float.NaN;
                foreach (var function in (BinaryFunction[])[BinaryFunction.Maximum, BinaryFunction.Minimum])
                {
                    Assert.True(float.IsNaN(OperatorRun.One(new Binary(function), x, y).Elements<float>()[at]));
                    Assert.True(float.IsNaN(OperatorRun.One(new Binary(function), y, x).Elements<float>()[at]));
                }
            }
        }
    }

    [Fact]
    public void Divide_Integers_GoTowardsZeroAndWrap() =>
        Assert.Equal([-2, 2, int.MinValue, 0], OperatorRun.One(
            new Binary(BinaryFunction.Divide), Tensor.Vector(-5, 5, int.MinValue, 1), Tensor.Vector(2, 2, -1, 3)).Elements<int>());

    [Fact]
    public void FloorDivideAndModulo_AllSigns_GoTogether()
    {
        var (x, y) = (Tensor.Vector(7, -7, 7, -7, 6, int.MinValue), Tensor.Vector(3, 3, -3, -3, -3, -1));

        Assert.Equal([2, -3, -3, 2, -2, int.MinValue], OperatorRun.One(new Binary(BinaryFunction.FloorDivide), x, y).Elements<int>());
        Assert.Equal([1, 2, -2, -1, 0, 0], OperatorRun.One(new Binary(BinaryFunction.FloorModulo), x, y).Elements<int>());
        Assert.Equal([1, -1, 1, -1, 0, 0], OperatorRun.One(new Binary(BinaryFunction.TruncateModulo), x, y).Elements<int>());
    }

    [Theory]
    [InlineData(BinaryFunction.Divide)]
    [InlineData(BinaryFunction.FloorDivide)]
    [InlineData(BinaryFunction.FloorModulo)]
    [InlineData(BinaryFunction.TruncateModulo)]
    public void Divide_IntegerByZero_IsRefusedByNode(BinaryFunction function) =>
        OperatorRun.Refused<InvalidNodeException>(new Binary(function), Tensor.Vector(1, 2), Tensor.Vector(1, 0));

    [Fact]
    public void Divide_FloatByZero_IsInfinite()
    {
        var got = OperatorRun.One(new Binary(BinaryFunction.Divide), Tensor.Vector(1f, -1f, 0f), Tensor.Vector(0f, 0f, 0f));

        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity, float.NaN], got.Elements<float>());
        Assert.Equal([0f, 0f, 0f], OperatorRun.One(new Binary(BinaryFunction.DivideNoNan), Tensor.Vector(1f, -1f, 0f), Tensor.Vector(0f, 0f, 0f)).Elements<float>());
    }

    [Fact]
    public void Power_IntegersAndFloats_AreExact()
    {
        Assert.Equal([1, 1024, -27, 1], OperatorRun.One(new Binary(BinaryFunction.Power), Tensor.Vector(0, 2, -3, 1), Tensor.Vector(0, 10, 3, int.MaxValue)).Elements<int>());
        Assert.Equal([MathF.Pow(2, 0.5f), float.NaN], OperatorRun.One(new Binary(BinaryFunction.Power), Tensor.Vector(2f, -2f), Tensor.Vector(0.5f, 0.5f)).Elements<float>());
        OperatorRun.Refused<InvalidNodeException>(new Binary(BinaryFunction.Power), Tensor.Vector(2), Tensor.Vector(-1));
    }

    [Fact]
    public void Add_NarrowIntegers_WrapAround() =>
        Assert.Equal([(byte)4, (byte)254], OperatorRun.One(new Binary(BinaryFunction.Add), Tensor.Vector<byte>(250, 0), Tensor.Vector<byte>(10, 254)).Elements<byte>());

    [Fact]
    public void Add_NarrowFloats_RoundOnce()
    {
        var got = OperatorRun.One(new Binary(BinaryFunction.Add), Tensor.Vector((Half)2048, (Half)1), Tensor.Vector((Half)1, (Half)0.5f));

        Assert.Equal([(Half)2048, (Half)1.5f], got.Elements<Half>());
    }

    [Fact]
    public void Add_DifferentTypes_IsRefused() =>
        OperatorRun.Refused<InvalidNodeException>(new Binary(BinaryFunction.Add), Tensor.Vector(1), Tensor.Vector(1f));

    [Fact]
    public void Add_StringsThatDouble_StayWithinTheLimit()
    {
        var builder = new GraphBuilder("doubling");
        var value = builder.AddInput("x", DataType.String, Shape.Scalar);
        for (var i = 0; i < 40; i++)
        {
            value = builder.Add($"n{i}", new Binary(BinaryFunction.Add), value, value);
        }

        builder.AddOutput("y", value);
        var session = new Pipeline.Inference.Execution.InferenceSession(
            builder.Build(), new Pipeline.Inference.Execution.SessionOptions { MaxRunBytes = 1 << 20 });

        Assert.Throws<Pipeline.Inference.Execution.MemoryLimitExceededException>(
            () => session.Run(new Dictionary<string, RuntimeValue> { ["x"] = StringTensor.FromText(Shape.Scalar, "x") }, TestContext.Current.CancellationToken));
    }
}
