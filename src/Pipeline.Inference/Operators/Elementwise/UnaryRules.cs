using System.Numerics;

namespace Pipeline.Inference.Operators;

/// <summary>The rule of each <see cref="UnaryFunction"/>.</summary>
internal static class UnaryRules
{
    /// <summary>Those that integers have too; they wrap around.</summary>
    /// <returns>Null for a function of floating-point numbers only.</returns>
    public static Func<T, T>? ForNumber<T>(UnaryFunction function)
        where T : unmanaged, INumber<T> => function switch
        {
            UnaryFunction.Abs => static x => T.IsNegative(x) && x != T.Zero ? T.Zero - x : Magnitude(x),
            UnaryFunction.Negate => static x => -x,
            UnaryFunction.Sign => static x => T.IsNaN(x) ? x : T.CreateChecked(T.Sign(x)),
            UnaryFunction.Square => static x => x * x,
            _ => null,
        };

    public static Func<T, T> ForFloat<T>(UnaryFunction function)
        where T : unmanaged, IFloatingPointIeee754<T> => function switch
        {
            UnaryFunction.Floor => T.Floor,
            UnaryFunction.Ceiling => T.Ceiling,
            UnaryFunction.Round => static x => T.Round(x, MidpointRounding.ToEven),
            UnaryFunction.Reciprocal => static x => T.One / x,
            UnaryFunction.Sqrt => T.Sqrt,
            UnaryFunction.Rsqrt => static x => T.One / T.Sqrt(x),
            UnaryFunction.Exp => T.Exp,
            UnaryFunction.Expm1 => Expm1,
            UnaryFunction.Log => T.Log,
            UnaryFunction.Log1p => Log1p,
            UnaryFunction.Sigmoid => static x => T.One / (T.One + T.Exp(-x)),
            UnaryFunction.Tanh => T.Tanh,
            UnaryFunction.Swish => static x => x / (T.One + T.Exp(-x)),
            UnaryFunction.HardSwish => static x => x * T.Min(T.Max(x + T.CreateTruncating(3), T.Zero), T.CreateTruncating(6)) / T.CreateTruncating(6),
            UnaryFunction.Gelu => static x => T.CreateTruncating(Gelu(double.CreateTruncating(x))),
            UnaryFunction.GeluTanh => static x => T.CreateTruncating(GeluTanh(double.CreateTruncating(x))),
            UnaryFunction.Elu => static x => x < T.Zero ? Expm1(x) : x,
            UnaryFunction.Selu => Selu,
            UnaryFunction.Softplus => Softplus,
            UnaryFunction.Softsign => static x => x / (T.One + T.Abs(x)),
            UnaryFunction.Erf => static x => T.CreateTruncating(ErrorFunction.Erf(double.CreateTruncating(x))),
            UnaryFunction.Erfc => static x => T.CreateTruncating(ErrorFunction.Erfc(double.CreateTruncating(x))),
            UnaryFunction.Sin => T.Sin,
            UnaryFunction.Cos => T.Cos,
            UnaryFunction.Tan => T.Tan,
            _ => ForNumber<T>(function) ?? throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function."),
        };

    private static double Gelu(double x) => x * (1 + ErrorFunction.Erf(x / Math.Sqrt(2))) / 2;

    private static double GeluTanh(double x) => x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) / 2;

    private static T Magnitude<T>(T x)
        where T : INumber<T> => x == T.Zero ? T.Zero : x;

    // T.ExpM1 and T.LogP1 are defined as exp(x) - 1 and log(x + 1), which lose the digits of a small x.
    private static T Expm1<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        var value = double.CreateTruncating(x);
        var half = Math.Tanh(value / 2);
        return T.CreateTruncating(Math.Abs(value) < 1 ? 2 * half / (1 - half) : Math.Exp(value) - 1);
    }

    private static T Log1p<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        var value = double.CreateTruncating(x);
        return T.CreateTruncating(Math.Abs(value) < 0.5 ? 2 * Math.Atanh(value / (2 + value)) : Math.Log(1 + value));
    }

    private static T Selu<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        var scale = T.CreateTruncating(1.0507009873554805);
        var scaleAlpha = T.CreateTruncating(1.7580993408473768);
        return x < T.Zero ? scaleAlpha * Expm1(x) : scale * x;
    }

    // log(1 + exp(x)) without overflow: the larger of x and 0, plus what is left.
    private static T Softplus<T>(T x)
        where T : IFloatingPointIeee754<T> => T.Max(x, T.Zero) + Log1p(T.Exp(-T.Abs(x)));
}
