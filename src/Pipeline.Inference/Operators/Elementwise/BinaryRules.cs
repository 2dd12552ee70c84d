using System.Numerics;

namespace Pipeline.Inference.Operators;

/// <summary>The rule of each <see cref="BinaryFunction"/>. Integers wrap around.</summary>
internal static class BinaryRules
{
    /// <exception cref="DivideByZeroException">Thrown by the rule, for integers.</exception>
    public static BinaryRule<T> For<T>(BinaryFunction function)
        where T : unmanaged, INumber<T> => function switch
        {
            BinaryFunction.Add => new(static (x, y) => x + y, static (x, y) => x + y),
            BinaryFunction.Subtract => new(static (x, y) => x - y, static (x, y) => x - y),
            BinaryFunction.Multiply => new(static (x, y) => x * y, static (x, y) => x * y),
            BinaryFunction.Divide => new(Divide),
            BinaryFunction.DivideNoNan => new(static (x, y) => y == T.Zero ? T.Zero : Divide(x, y)),
            BinaryFunction.FloorDivide => new(FloorDivide),
            BinaryFunction.FloorModulo => new(FloorModulo),
            BinaryFunction.TruncateModulo => new(Remainder),
            BinaryFunction.Maximum => new(T.Max, System.Numerics.Vector.Max),
            BinaryFunction.Minimum => new(T.Min, System.Numerics.Vector.Min),
            BinaryFunction.Power => new(Power),
            BinaryFunction.SquaredDifference => new(static (x, y) => (x - y) * (x - y), static (x, y) => (x - y) * (x - y)),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function."),
        };

    private static bool IsMinusOne<T>(T x)
        where T : INumber<T> => T.IsNegative(x) && x + T.One == T.Zero;

    private static bool IsFloat<T>()
        where T : INumber<T> => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    // The least integer divided by -1 wraps around to itself instead of trapping.
    private static T Divide<T>(T x, T y)
        where T : INumber<T> => !IsFloat<T>() && IsMinusOne(y) ? T.Zero - x : x / y;

    private static T Remainder<T>(T x, T y)
        where T : INumber<T> => !IsFloat<T>() && IsMinusOne(y) ? T.Zero : x % y;

    private static T FloorDivide<T>(T x, T y)
        where T : INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            return T.CreateTruncating(MathF.Floor(float.CreateTruncating(x / y)));
        }

        if (typeof(T) == typeof(double))
        {
            return T.CreateTruncating(Math.Floor(double.CreateTruncating(x / y)));
        }

        var quotient = Divide(x, y);
        return Remainder(x, y) != T.Zero && T.IsNegative(x) != T.IsNegative(y) ? quotient - T.One : quotient;
    }

    private static T FloorModulo<T>(T x, T y)
        where T : INumber<T>
    {
        var remainder = Remainder(x, y);
        return remainder != T.Zero && T.IsNegative(remainder) != T.IsNegative(y) ? remainder + y : remainder;
    }

    private static T Power<T>(T x, T y)
        where T : INumber<T>
    {
        if (IsFloat<T>())
        {
            return T.CreateTruncating(Math.Pow(double.CreateTruncating(x), double.CreateTruncating(y)));
        }

        if (T.IsNegative(y))
        {
            throw new ArgumentOutOfRangeException(nameof(y), "An integer cannot be raised to a negative power.");
        }

        var result = T.One;
        for (var exponent = ulong.CreateTruncating(y); exponent > 0; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? result * x : result;
            x *= x;
        }

        return result;
    }
}
