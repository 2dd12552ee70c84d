namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>The functions that plans run lane by lane.</summary>
internal static class LanesFunctions
{
    /// <summary>x + y</summary>
    internal readonly struct Add : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first + second;
    }

    /// <summary>x - y</summary>
    internal readonly struct Subtract : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first - second;
    }

    /// <summary>x · y</summary>
    internal readonly struct Multiply : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first * second;
    }

    /// <summary>x / y</summary>
    internal readonly struct Divide : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first / second;
    }

    /// <summary>min(high, max(low, x))</summary>
    internal readonly struct Clamp : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.AtMost(high, T.AtLeast(low, first));
    }

    /// <summary>1 / (1 + exp(-x))</summary>
    internal readonly struct Sigmoid : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => LanesMath.Sigmoid(first);
    }

    /// <summary>x / (1 + exp(-x))</summary>
    internal readonly struct Swish : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first * LanesMath.Sigmoid(first);
    }

    /// <summary>tanh(x)</summary>
    internal readonly struct Tanh : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => LanesMath.Tanh(first);
    }

    /// <summary>exp(x)</summary>
    internal readonly struct Exp : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => LanesMath.Exp(first);
    }

    /// <summary>x · min(max(x + 3, 0), 6) / 6</summary>
    internal readonly struct HardSwish : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first * (T.AtMost(T.Create(6f), T.AtLeast(T.Create(0f), first + T.Create(3f))) * T.Create(1f / 6f));
    }

    /// <summary>x²</summary>
    internal readonly struct Square : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first * first;
    }

    /// <summary>y - x</summary>
    internal readonly struct SubtractFrom : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => second - first;
    }

    /// <summary>y / x</summary>
    internal readonly struct DivideInto : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => second / first;
    }

    /// <summary>max(x, y)</summary>
    internal readonly struct Maximum : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Larger(first, second);
    }

    /// <summary>min(x, y)</summary>
    internal readonly struct Minimum : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Smaller(first, second);
    }

    /// <summary>(x - y)²</summary>
    internal readonly struct SquaredDifference : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => (first - second) * (first - second);
    }

    /// <summary>|x|</summary>
    internal readonly struct Abs : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Abs(first);
    }

    /// <summary>-x</summary>
    internal readonly struct Negate : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Create(-1f) * first;
    }

    /// <summary>1 / x</summary>
    internal readonly struct Reciprocal : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Create(1f) / first;
    }

    /// <summary>√x</summary>
    internal readonly struct Sqrt : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Sqrt(first);
    }

    /// <summary>1 / √x</summary>
    internal readonly struct Rsqrt : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Create(1f) / T.Sqrt(first);
    }

    /// <summary>x · (1 + erf(x / √2)) / 2; the sum leaves no digits that the nearer formula of erf would give.</summary>
    internal readonly struct Gelu : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => first * T.Create(0.5f) * (T.Create(1f) + LanesMath.ErfFar(first * T.Create(0.70710678f)));
    }

    /// <summary>x · (1 + tanh(z)) / 2 with z = √(2/π) · (x + 0.044715 · x³), which is x · sigmoid(2z).</summary>
    internal readonly struct GeluTanh : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T>
        {
            var twice = T.MultiplyAdd(first * first, T.Create(0.0713548162726f), T.Create(1.59576912161f)) * first;
            return first * LanesMath.Sigmoid(twice);
        }
    }

    /// <summary>x &lt; 0 ? exp(x) - 1 : x</summary>
    internal readonly struct Elu : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.IfGreater(T.Create(0f), first, LanesMath.Expm1(first), first);
    }

    /// <summary>1.05070… · (x &lt; 0 ? 1.67326… · (exp(x) - 1) : x)</summary>
    internal readonly struct Selu : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.IfGreater(T.Create(0f), first, LanesMath.Expm1(first) * T.Create(1.7580993408473768f), first * T.Create(1.0507009873554805f));
    }

    /// <summary>erf(x)</summary>
    internal readonly struct Erf : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => LanesMath.Erf(first);
    }

    /// <summary>1 - erf(x), with an error of at most 4e-7 absolutely.</summary>
    internal readonly struct Erfc : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.Create(1f) - LanesMath.Erf(first);
    }

    /// <summary>x &gt; 0 ? x : low · x</summary>
    internal readonly struct LeakyRelu : ILanesFunction
    {
        public static T Apply<T>(T first, T second, T low, T high)
            where T : struct, ILanes<T> => T.IfGreater(first, T.Create(0f), first, first * low);
    }
}
