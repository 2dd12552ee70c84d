using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Operators.Elementwise;

public sealed class UnaryTests
{
    public static TheoryData<UnaryFunction, double, double> Values() => new()
    {
        { UnaryFunction.Abs, -2.5, 2.5 },
        { UnaryFunction.Negate, 2.5, -2.5 },
        { UnaryFunction.Sign, -3, -1 },
        { UnaryFunction.Floor, -1.5, -2 },
        { UnaryFunction.Ceiling, -1.5, -1 },
        { UnaryFunction.Round, 2.5, 2 },
        { UnaryFunction.Round, 3.5, 4 },
        { UnaryFunction.Round, -0.5, 0 },
        { UnaryFunction.Reciprocal, 4, 0.25 },
        { UnaryFunction.Square, -3, 9 },
        { UnaryFunction.Sqrt, 2, 1.4142135623730951 },
        { UnaryFunction.Rsqrt, 2, 0.70710678118654757 },
        { UnaryFunction.Exp, 1, Math.E },
        { UnaryFunction.Expm1, 1e-10, 1.00000000005e-10 },
        { UnaryFunction.Expm1, -50, -1 },
        { UnaryFunction.Log, Math.E, 1 },
        { UnaryFunction.Log1p, 1e-10, 9.9999999995e-11 },
        { UnaryFunction.Sigmoid, 0.5, 0.62245933120185459 },
        { UnaryFunction.Sigmoid, -1000, 0 },
        { UnaryFunction.Sigmoid, 1000, 1 },
        { UnaryFunction.Tanh, 0.5, 0.46211715726000973 },
        { UnaryFunction.Elu, -1, -0.63212055882855767 },
        { UnaryFunction.Elu, 2, 2 },
        { UnaryFunction.Selu, -1, -1.1113307378125628 },
        { UnaryFunction.Selu, 2, 2.101401974710961 },
        { UnaryFunction.Softplus, 1, 1.3132616875182228 },
        { UnaryFunction.Softplus, 1000, 1000 },
        { UnaryFunction.Softplus, -50, 1.9287498479639178e-22 },
        { UnaryFunction.Softsign, -3, -0.75 },
        { UnaryFunction.Erf, 0.5, 0.52049987781304654 },
        { UnaryFunction.Erf, -2, -0.99532226501895271 },
        { UnaryFunction.Erf, 3, 0.99997790950300136 },
        { UnaryFunction.Erfc, 0.75, 0.28884436634648486 },
        { UnaryFunction.Erfc, 4, 1.5417257900280020e-8 },
        { UnaryFunction.Erfc, -1, 1.8427007929497148 },
        { UnaryFunction.Sin, 1, 0.8414709848078965 },
        { UnaryFunction.Cos, 1, 0.54030230586813977 },
        { UnaryFunction.Tan, 1, 1.5574077246549023 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Run_KnownValue_IsRightInEveryFloatType(UnaryFunction function, double x, double expected)
    {
        var wide = OperatorRun.One(new Unary(function), Tensor.Vector(x)).Elements<double>()[0];
        var single = OperatorRun.One(new Unary(function), Tensor.Vector((float)x)).Elements<float>()[0];
        var half = (float)OperatorRun.One(new Unary(function), Tensor.Vector((Half)x)).Elements<Half>()[0];

        Assert.InRange(wide, expected - (1e-14 * Math.Max(Math.Abs(expected), 1e-9)) - (1e-13 * Math.Abs(expected)), expected + (1e-14 * 1e-9) + (1e-13 * Math.Abs(expected)));
        Assert.InRange(single, expected - (2e-6 * Math.Abs(expected)), expected + (2e-6 * Math.Abs(expected)));
        Assert.InRange(half, expected - (2e-3 * Math.Abs(expected)) - 1e-6, expected + (2e-3 * Math.Abs(expected)) + 1e-6);
    }

    [Fact]
    public void Run_NaN_StaysNaN() =>
        Assert.All(Enum.GetValues<UnaryFunction>(), f => Assert.True(float.IsNaN(OperatorRun.One(new Unary(f), Tensor.Vector(float.NaN)).Elements<float>()[0]), f.ToString()));

    [Fact]
    public void Run_Integers_WrapAround()
    {
        Assert.Equal([3, int.MinValue], OperatorRun.One(new Unary(UnaryFunction.Abs), Tensor.Vector(-3, int.MinValue)).Elements<int>());
        Assert.Equal([(byte)254], OperatorRun.One(new Unary(UnaryFunction.Negate), Tensor.Vector<byte>(2)).Elements<byte>());
        OperatorRun.Refused<UnsupportedNodeException>(new Unary(UnaryFunction.Exp), Tensor.Vector(1));
    }
}
