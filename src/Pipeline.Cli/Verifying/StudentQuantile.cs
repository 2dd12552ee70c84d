using System.Collections.Immutable;

namespace Pipeline.Cli.Verifying;

/// <summary>
/// How many standard errors a mean must lie from 0 to be different from it: Student's t, two-sided, at 0.1 %, so that among fifty comparisons one in twenty
/// trials errs once.
/// </summary>
internal static class StudentQuantile
{
    private const double OfTheNormalDistribution = 3.291;

    private static readonly ImmutableArray<(int Degrees, double Quantile)> Table =
    [
        (1, 636.6), (2, 31.60), (3, 12.92), (4, 8.610), (5, 6.869), (6, 5.959), (7, 5.408), (8, 5.041), (9, 4.781), (10, 4.587),
        (12, 4.318), (15, 4.073), (20, 3.850), (30, 3.646), (60, 3.460), (120, 3.373), (1000, 3.300),
    ];

    /// <param name="degrees">Degrees of freedom, 1 or more; between those of the table the smaller count, which is the stricter.</param>
    public static double Of(int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degrees);
        return degrees > Table[^1].Degrees ? OfTheNormalDistribution : Table.Last(entry => entry.Degrees <= degrees).Quantile;
    }
}
