namespace Pipeline.Inference.Operators;

/// <summary>The error function to about 15 digits: its Taylor series near 0, a continued fraction farther out.</summary>
internal static class ErrorFunction
{
    private const double SeriesBelow = 2.5;
    private const double FractionVanishesAbove = 27.3;

    /// <summary>Effectively computes <c>2/√π · ∫₀ˣ exp(−t²) dt</c>.</summary>
    public static double Erf(double x) => Math.Abs(x) < SeriesBelow ? Series(x) : Math.CopySign(1 - Fraction(Math.Abs(x)), x);

    /// <summary>Effectively computes <c>1 − erf(x)</c>, with its own digits for large x.</summary>
    public static double Erfc(double x) =>
        double.IsNaN(x) ? x
        : Math.Abs(x) < SeriesBelow ? SmallErfc(x)
        : x > 0 ? Fraction(x)
        : 2 - Fraction(-x);

    private static double SmallErfc(double x) => x > 0.5 ? Fraction(x) : 1 - Series(x);

    /// <summary>exp(−x²) · 2x/√π · Σ (2x²)ⁿ / (1 · 3 · 5 …), all of whose terms have one sign.</summary>
    private static double Series(double x)
    {
        var term = x;
        var sum = x;
        for (var n = 1; Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated from far in.</summary>
    private static double Fraction(double x)
    {
        if (double.IsNaN(x) || x > FractionVanishesAbove)
        {
            return double.IsNaN(x) ? x : 0;
        }

        var depth = 20 + (int)(400 / (x * x));
        var tail = x;
        for (var n = depth; n > 0; n--)
        {
            tail = x + (n / 2.0 / tail);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * tail);
    }
}
