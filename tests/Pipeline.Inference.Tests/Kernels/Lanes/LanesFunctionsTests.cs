using Pipeline.Inference.Kernels;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tests.Support;

namespace Pipeline.Inference.Tests.Kernels.Lanes;

/// <summary>Every function on every tier, in guarded memory, against its formula in double.</summary>
public sealed unsafe class LanesFunctionsTests
{
    [Fact]
    public void Exp_AnyNumber_IsWithinAFewUnits() => CheckUnary<LanesFunctions.Exp>(Math.Exp, 5e-7, -103, 88.7f);

    [Fact]
    public void Exp_BeyondItsRange_IsZeroOrInfinite() => CheckValues<LanesFunctions.Exp>(
        (-105, 0), (-1e30f, 0), (float.NegativeInfinity, 0), (89.5f, float.PositiveInfinity), (1e30f, float.PositiveInfinity), (float.PositiveInfinity, float.PositiveInfinity), (0, 1));

    [Fact]
    public void Sigmoid_AnyNumber_IsWithinAFewUnits() => CheckUnary<LanesFunctions.Sigmoid>(x => 1 / (1 + Math.Exp(-x)), 1e-6, -80, 100);

    [Fact]
    public void Swish_AnyNumber_IsWithinAFewUnits() => CheckUnary<LanesFunctions.Swish>(x => x / (1 + Math.Exp(-x)), 1e-6, -80, 100);

    [Fact]
    public void Tanh_AnyNumber_IsWithinAFewUnits()
    {
        CheckUnary<LanesFunctions.Tanh>(Math.Tanh, 1e-6, -20, 20);
        CheckUnary<LanesFunctions.Tanh>(Math.Tanh, 1e-6, -1e-3f, 1e-3f);
        CheckValues<LanesFunctions.Tanh>((float.PositiveInfinity, 1), (float.NegativeInfinity, -1), (0, 0));
    }

    [Fact]
    public void Erf_AnyNumber_IsNear()
    {
        CheckUnary<LanesFunctions.Erf>(ErrorFunction.Erf, 1e-6, -6, 6);
        CheckUnary<LanesFunctions.Erf>(ErrorFunction.Erf, 1e-6, -1e-3f, 1e-3f);
        CheckValues<LanesFunctions.Erf>((float.PositiveInfinity, 1), (float.NegativeInfinity, -1));
    }

    [Fact]
    public void Erfc_AnyNumber_IsNear() => CheckUnary<LanesFunctions.Erfc>(ErrorFunction.Erfc, 0, -6, 6, absolute: 4e-7);

    [Fact]
    public void Gelu_AnyNumber_IsNear() => CheckUnary<LanesFunctions.Gelu>(x => x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2))) / 2, 0, -8, 8, absolute: 1e-6);

    [Fact]
    public void GeluTanh_AnyNumber_IsNear()
    {
        CheckUnary<LanesFunctions.GeluTanh>(x => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2, 0, -8, 8, absolute: 2e-6);
        CheckValues<LanesFunctions.GeluTanh>((40, 40), (float.PositiveInfinity, float.PositiveInfinity), (0, 0), (-40, 0));
    }

    [Fact]
    public void Elu_AnyNumber_IsWithinAFewUnits()
    {
        CheckUnary<LanesFunctions.Elu>(x => x < 0 ? Math.Exp(x) - 1 : x, 2e-6, -50, 50);
        CheckUnary<LanesFunctions.Elu>(x => x < 0 ? x + (x * x / 2) : x, 1e-6, -1e-4f, 1e-4f);
    }

    [Fact]
    public void Selu_AnyNumber_IsWithinAFewUnits() =>
        CheckUnary<LanesFunctions.Selu>(x => 1.0507009873554805 * (x < 0 ? 1.6732632423543772 * (Math.Exp(x) - 1) : x), 2e-6, -50, 50);

    [Fact]
    public void SimpleFunctions_AnyNumber_AreExactOrNearlySo()
    {
        CheckUnary<LanesFunctions.HardSwish>(x => x * Math.Clamp(x + 3, 0, 6) / 6, 5e-7, -5, 5);
        CheckUnary<LanesFunctions.Square>(x => x * x, 1e-7, -5, 5);
        CheckUnary<LanesFunctions.Sqrt>(Math.Sqrt, 1e-7, 0, 5);
        CheckUnary<LanesFunctions.Rsqrt>(x => 1 / Math.Sqrt(x), 3e-7, 0.001f, 5);
        CheckUnary<LanesFunctions.Reciprocal>(x => 1 / x, 1e-7, 0.001f, 5);
        CheckUnary<LanesFunctions.Abs>(Math.Abs, 0, -5, 5);
        CheckUnary<LanesFunctions.Negate>(x => -x, 0, -5, 5);
        CheckUnary<LanesFunctions.Clamp>(x => Math.Clamp(x, -0.5, 2), 0, -5, 5);
        CheckUnary<LanesFunctions.LeakyRelu>(x => x > 0 ? x : -0.5 * x, 0, -5, 5);
    }

    [Fact]
    public void BinaryFunctions_AnyNumbers_AreRoundedOnce()
    {
        CheckBinary<LanesFunctions.Add>((x, y) => x + y);
        CheckBinary<LanesFunctions.Subtract>((x, y) => x - y);
        CheckBinary<LanesFunctions.SubtractFrom>((x, y) => y - x);
        CheckBinary<LanesFunctions.Multiply>((x, y) => x * y);
        CheckBinary<LanesFunctions.Divide>((x, y) => x / y);
        CheckBinary<LanesFunctions.DivideInto>((x, y) => y / x);
        CheckBinary<LanesFunctions.Maximum>(MathF.Max);
        CheckBinary<LanesFunctions.Minimum>(MathF.Min);
        CheckBinary<LanesFunctions.SquaredDifference>((x, y) => (x - y) * (x - y));
    }

    [Fact]
    public void EveryFunction_NaN_GivesNaN()
    {
        CheckNaN<LanesFunctions.Add>(binary: true);
        CheckNaN<LanesFunctions.Subtract>(binary: true);
        CheckNaN<LanesFunctions.Multiply>(binary: true);
        CheckNaN<LanesFunctions.Divide>(binary: true);
        CheckNaN<LanesFunctions.Maximum>(binary: true);
        CheckNaN<LanesFunctions.Minimum>(binary: true);
        CheckNaN<LanesFunctions.SquaredDifference>(binary: true);
        CheckNaN<LanesFunctions.Clamp>();
        CheckNaN<LanesFunctions.Exp>();
        CheckNaN<LanesFunctions.Sigmoid>();
        CheckNaN<LanesFunctions.Swish>();
        CheckNaN<LanesFunctions.Tanh>();
        CheckNaN<LanesFunctions.HardSwish>();
        CheckNaN<LanesFunctions.Gelu>();
        CheckNaN<LanesFunctions.GeluTanh>();
        CheckNaN<LanesFunctions.Elu>();
        CheckNaN<LanesFunctions.Selu>();
        CheckNaN<LanesFunctions.Erf>();
        CheckNaN<LanesFunctions.Erfc>();
        CheckNaN<LanesFunctions.Sqrt>();
        CheckNaN<LanesFunctions.Rsqrt>();
        CheckNaN<LanesFunctions.Reciprocal>();
        CheckNaN<LanesFunctions.Abs>();
        CheckNaN<LanesFunctions.Negate>();
        CheckNaN<LanesFunctions.LeakyRelu>();
    }

    private static void CheckUnary<TFunction>(Func<double, double> expected, double relative, float from, float to, double absolute = 1e-44)
        where TFunction : struct, ILanesFunction
    {
        foreach (var tier in Tiers.All)
        {
            for (var length = 0; length <= 49; length++)
            {
                using var input = new GuardedMemory(length, atEnd: length % 2 == 0);
                using var output = new GuardedMemory(length, atEnd: length % 2 == 0);
                for (var index = 0; index < length; index++)
                {
                    input.Span[index] = from + ((to - from) * (index + (length / 50f)) / 49);
                }

                Run<TFunction>(tier, input.Pointer, input.Pointer, isScalar: false, output.Pointer, length);

                for (var index = 0; index < length; index++)
                {
                    var want = expected(input.Span[index]);
                    Assert.True(
                        Math.Abs(want - output.Span[index]) <= absolute + (Math.Abs(want) * relative) + (Math.Abs(want) < 1.2e-38 ? 3e-45 : 0),
                        $"{typeof(TFunction).Name} on {tier} of {input.Span[index]:r} is {output.Span[index]:r}, expected {want:r}.");
                }
            }
        }
    }

    private static void CheckValues<TFunction>(params ReadOnlySpan<(float X, float Y)> pairs)
        where TFunction : struct, ILanesFunction
    {
        foreach (var tier in Tiers.All)
        {
            foreach (var (x, y) in pairs)
            {
                var (input, output) = (x, 0f);
                Run<TFunction>(tier, &input, &input, isScalar: false, &output, 1);
                Assert.Equal(y, output);
            }
        }
    }

    private static void CheckBinary<TFunction>(Func<float, float, float> expected)
        where TFunction : struct, ILanesFunction
    {
        foreach (var tier in Tiers.All)
        {
            for (var length = 1; length <= 49; length++)
            {
                using var first = new GuardedMemory(length, atEnd: true);
                using var second = new GuardedMemory(length, atEnd: true);
                using var output = new GuardedMemory(length, atEnd: true);
                first.Fill(new Random(length));
                second.Fill(new Random(length + 1000));

                Run<TFunction>(tier, first.Pointer, second.Pointer, isScalar: false, output.Pointer, length);
                for (var index = 0; index < length; index++)
                {
                    Assert.Equal(expected(first.Span[index], second.Span[index]), output.Span[index]);
                }

                Run<TFunction>(tier, first.Pointer, second.Pointer + length - 1, isScalar: true, first.Pointer, length);
                Assert.Equal(expected(0.25f, second.Span[length - 1]), Once<TFunction>(tier, 0.25f, second.Span[length - 1]));
            }
        }
    }

    private static void CheckNaN<TFunction>(bool binary = false)
        where TFunction : struct, ILanesFunction
    {
        foreach (var tier in Tiers.All)
        {
            Assert.True(float.IsNaN(Once<TFunction>(tier, float.NaN, 1)), $"{typeof(TFunction).Name} on {tier}, first value");
            Assert.True(!binary || float.IsNaN(Once<TFunction>(tier, 1, float.NaN)), $"{typeof(TFunction).Name} on {tier}, second value");
        }
    }

    private static float Once<TFunction>(KernelTier tier, float first, float second)
        where TFunction : struct, ILanesFunction
    {
        var output = 0f;
        Run<TFunction>(tier, &first, &second, isScalar: true, &output, 1);
        return output;
    }

    private static void Run<TFunction>(KernelTier tier, float* first, float* second, bool isScalar, float* output, long length)
        where TFunction : struct, ILanesFunction
    {
        switch (tier)
        {
            case KernelTier.Vector512:
                LanesLoop.Run<Lanes512, TFunction>(first, second, isScalar, output, length, -0.5f, 2);
                break;
            case KernelTier.Vector256:
                LanesLoop.Run<Lanes256, TFunction>(first, second, isScalar, output, length, -0.5f, 2);
                break;
            default:
                LanesLoop.Run<LanesPortable, TFunction>(first, second, isScalar, output, length, -0.5f, 2);
                break;
        }
    }
}
