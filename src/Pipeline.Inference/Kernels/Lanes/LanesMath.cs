using System.Runtime.CompilerServices;

namespace Pipeline.Inference.Kernels.Lanes;

/// <summary>Functions of sixteen lanes, the same formula on every tier. NaN in gives NaN out.</summary>
internal static class LanesMath
{
    private const float Log2E = 1.44269504088896341f;

    // ln 2 in two parts: the first has so few bits that its product with a whole number below 2^9 is exact.
    private const float Ln2High = 355f / 512f;
    private const float Ln2Low = -2.1219444005e-4f;

    /// <summary>
    /// exp(x), within 4 units in the last place; 0 below -104, infinite above 88.8. x = n · ln 2 + r with |r| at most ln 2 / 2, exp(r) by its series up to r^7, then
    /// times 2^n in two steps, so that results below the smallest normal number come out as well.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, ILanes<T>
    {
        var clamped = T.AtMost(T.Create(89f), T.AtLeast(T.Create(-104f), x));
        var n = T.Round(clamped * T.Create(Log2E));
        var p = Fraction(clamped, n);
        var half = T.Round(n * T.Create(0.5f));
        return p * T.PowerOfTwo(half) * T.PowerOfTwo(n - half);
    }

    /// <summary>exp(x) of a number that is not above 0, within 4 units in the last place; 1.6e-38 below -87, where <see cref="Exp"/> has less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ExpOfNegative<T>(T x)
        where T : struct, ILanes<T>
    {
        var clamped = T.AtLeast(T.Create(-87f), x);
        var n = T.Round(clamped * T.Create(Log2E));
        return Fraction(clamped, n) * T.PowerOfTwo(n);
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, ILanes<T> => T.Create(1f) / (T.Create(1f) + Exp(T.Create(0f) - x));

    /// <summary>
    /// tanh(x), within 1e-6 of it relatively: 1 - 2 / (exp(2|x|) + 1) with the sign of x, and where |x| is at most 0.625, which that formula has few digits for,
    /// Lambert's continued fraction x / (1 + x² / (3 + x² / (5 + x² / (7 + x² / 9)))).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Tanh<T>(T x)
        where T : struct, ILanes<T>
    {
        var magnitude = T.Abs(x);
        var far = T.CopySign(T.Create(1f) - (T.Create(2f) / (Exp(magnitude + magnitude) + T.Create(1f))), x);
        var square = x * x;
        var above = T.MultiplyAdd(square + T.Create(105f), square, T.Create(945f));
        var below = T.MultiplyAdd(T.MultiplyAdd(square, T.Create(15f), T.Create(420f)), square, T.Create(945f));
        return T.IfGreater(magnitude, T.Create(0.625f), far, x * above / below);
    }

    /// <summary>exp(x) - 1, within 1e-6 of it relatively: near 0 by the series, which keeps the digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Expm1<T>(T x)
        where T : struct, ILanes<T>
    {
        var p = T.Create(1f / 5040);
        p = T.MultiplyAdd(p, x, T.Create(1f / 720));
        p = T.MultiplyAdd(p, x, T.Create(1f / 120));
        p = T.MultiplyAdd(p, x, T.Create(1f / 24));
        p = T.MultiplyAdd(p, x, T.Create(1f / 6));
        p = T.MultiplyAdd(p, x, T.Create(1f / 2));
        p = T.MultiplyAdd(p, x * x, x);
        return T.IfGreater(T.Abs(x), T.Create(0.4f), Exp(x) - T.Create(1f), p);
    }

    /// <summary>erf(x), within 3e-7 of it relatively: the series of erf where |x| is below 0.5, else <see cref="ErfFar"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Erf<T>(T x)
        where T : struct, ILanes<T>
    {
        var square = x * x;

        // 2 / √π · (-1)^n / (n! (2n + 1))
        var s = T.Create(1.2055332981e-4f);
        s = T.MultiplyAdd(s, square, T.Create(-8.5483270234e-4f));
        s = T.MultiplyAdd(s, square, T.Create(5.2239776254e-3f));
        s = T.MultiplyAdd(s, square, T.Create(-2.6866170645e-2f));
        s = T.MultiplyAdd(s, square, T.Create(1.1283791671e-1f));
        s = T.MultiplyAdd(s, square, T.Create(-3.7612638903e-1f));
        s = T.MultiplyAdd(s, square, T.Create(1.1283791671f));
        return T.IfGreater(T.Abs(x), T.Create(0.5f), ErfFar(x), x * s);
    }

    /// <summary>
    /// erf(x), within 3e-7 of it absolutely, which is few digits where |x| is small: 1 - t (a1 + t (a2 + …)) exp(-x²) with t = 1 / (1 + p |x|), formula 7.1.26 of
    /// Abramowitz and Stegun.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ErfFar<T>(T x)
        where T : struct, ILanes<T>
    {
        var t = T.Create(1f) / T.MultiplyAdd(T.Abs(x), T.Create(0.3275911f), T.Create(1f));
        var p = T.Create(1.061405429f);
        p = T.MultiplyAdd(p, t, T.Create(-1.453152027f));
        p = T.MultiplyAdd(p, t, T.Create(1.421413741f));
        p = T.MultiplyAdd(p, t, T.Create(-0.284496736f));
        p = T.MultiplyAdd(p, t, T.Create(0.254829592f));
        return T.CopySign(T.Create(1f) - (p * t * ExpOfNegative(T.Create(0f) - (x * x))), x);
    }

    /// <summary>exp of what is left of x when n · ln 2 is taken off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Fraction<T>(T x, T n)
        where T : struct, ILanes<T>
    {
        var r = T.MultiplyAdd(n, T.Create(-Ln2High), x);
        r = T.MultiplyAdd(n, T.Create(-Ln2Low), r);
        var p = T.Create(1f / 5040);
        p = T.MultiplyAdd(p, r, T.Create(1f / 720));
        p = T.MultiplyAdd(p, r, T.Create(1f / 120));
        p = T.MultiplyAdd(p, r, T.Create(1f / 24));
        p = T.MultiplyAdd(p, r, T.Create(1f / 6));
        p = T.MultiplyAdd(p, r, T.Create(1f / 2));
        return T.MultiplyAdd(p, r * r, r + T.Create(1f));
    }
}
