using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Elementwise;

public sealed class ElementwiseTests
{
    [Fact]
    public void Clamp_NaNAnywhere_StaysNaN()
    {
        for (var length = 1; length <= 40; length++)
        {
            var x = Tensor.Zeros(DataType.Float32, Shape.Of(length));
            x.Elements<float>().Fill(float.NaN);

            Assert.All(OperatorRun.One(new Clamp(ValueRange.Relu6), x).Elements<float>().ToArray(), y => Assert.True(float.IsNaN(y)));
        }
    }

    [Fact]
    public void Clamp_AnyNumbers_LandInside()
    {
        Assert.Equal([0f, 0f, 3f, 6f, 6f], OperatorRun.One(new Clamp(ValueRange.Relu6), Tensor.Vector(float.NegativeInfinity, -1f, 3f, 7f, float.PositiveInfinity)).Elements<float>());
        Assert.Equal([0, 7], OperatorRun.One(new Clamp(ValueRange.Relu), Tensor.Vector(-3, 7)).Elements<int>());
        Assert.Equal([(Half)0, (Half)6], OperatorRun.One(new Clamp(ValueRange.Relu6), Tensor.Vector((Half)(-3), (Half)7)).Elements<Half>());
    }

    [Fact]
    public void LeakyRelu_BothSigns_ScalesTheNegative() =>
        Assert.Equal([-0.5f, 0f, 2f, float.NaN], OperatorRun.One(new LeakyRelu(0.25f), Tensor.Vector(-2f, 0f, 2f, float.NaN)).Elements<float>());

    [Theory]
    [InlineData(Comparison.Equal, false, false, true, false)]
    [InlineData(Comparison.NotEqual, true, true, false, true)]
    [InlineData(Comparison.Less, true, false, false, false)]
    [InlineData(Comparison.LessOrEqual, true, false, true, false)]
    [InlineData(Comparison.Greater, false, true, false, false)]
    [InlineData(Comparison.GreaterOrEqual, false, true, true, false)]
    public void Compare_NumbersAndNaN_FollowIeee754(Comparison comparison, bool smaller, bool larger, bool same, bool nan) =>
        Assert.Equal([smaller, larger, same, nan], OperatorRun.One(
            new Compare(comparison), Tensor.Vector(1f, 2f, 2f, float.NaN), Tensor.Vector(2f, 1f, 2f, float.NaN)).Elements<bool>());

    [Fact]
    public void Compare_StringsAndBooleans_HaveEqualityOnly()
    {
        var names = StringTensor.FromText(Shape.Of(2), "cat", "dog");

        Assert.Equal([false, true], OperatorRun.One(new Compare(Comparison.Equal), names, StringTensor.FromText(Shape.Scalar, "dog")).Elements<bool>());
        Assert.Equal([true, false], OperatorRun.One(new Compare(Comparison.NotEqual), Tensor.Vector(true, false), Tensor.Vector(false, false)).Elements<bool>());
        OperatorRun.Refused<InvalidNodeException>(new Compare(Comparison.Less), names, names);
    }

    [Fact]
    public void Compare_ShapesThatDoNotGoTogether_AreRefusedOrUnequal()
    {
        var (x, y) = (Tensor.Vector(1, 2), Tensor.Vector(1, 2, 3));

        OperatorRun.Refused<InvalidNodeException>(new Compare(Comparison.Equal), x, y);
        Assert.Equal([false], OperatorRun.One(new Compare(Comparison.Equal) { IncompatibleShapesAreUnequal = true }, x, y).Elements<bool>());
        Assert.Equal([true], OperatorRun.One(new Compare(Comparison.NotEqual) { IncompatibleShapesAreUnequal = true }, x, y).Elements<bool>());
    }

    [Fact]
    public void Logical_TruthTable_IsKept()
    {
        var (x, y) = (Tensor.Vector(false, false, true, true), Tensor.Vector(false, true, false, true));

        Assert.Equal([false, false, false, true], OperatorRun.One(new Logical(LogicalFunction.And), x, y).Elements<bool>());
        Assert.Equal([false, true, true, true], OperatorRun.One(new Logical(LogicalFunction.Or), x, y).Elements<bool>());
        Assert.Equal([true, true, false, false], OperatorRun.One(new LogicalNot(), x).Elements<bool>());
    }

    [Fact]
    public void Select_Broadcast_TakesElementByElement()
    {
        var condition = Tensor.From(Shape.Of(2, 1), true, false);
        var got = OperatorRun.One(new Select(), condition, Tensor.Vector(1, 2, 3), Tensor.Scalar(9));

        Assert.Equal(Shape.Of(2, 3), got.Shape);
        Assert.Equal([1, 2, 3, 9, 9, 9], got.Elements<int>());
    }

    [Fact]
    public void Select_NarrowCondition_WidensBoth() =>
        Assert.Equal([1, 9], OperatorRun.One(new Select(), Tensor.Vector(true, false), Tensor.Scalar(1), Tensor.Scalar(9)).Elements<int>());

    [Fact]
    public void AddN_ManyInputs_SumInOrder() =>
        Assert.Equal([111f, 222f], OperatorRun.One(new AddN(), Tensor.Vector(1f, 2f), Tensor.Vector(10f, 20f), Tensor.Vector(100f, 200f)).Elements<float>());

    [Fact]
    public void AddN_DifferentShapes_AreRefused() =>
        OperatorRun.Refused<InvalidNodeException>(new AddN(), Tensor.Vector(1f, 2f), Tensor.Vector(1f));
}
