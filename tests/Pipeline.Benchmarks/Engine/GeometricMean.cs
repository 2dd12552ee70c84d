using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Engine;

/// <summary>The mean of ratios.</summary>
internal static class GeometricMean
{
    /// <returns>Null where there is none.</returns>
    public static double? Of(ImmutableArray<double> ratios) => ratios.IsEmpty ? null : Math.Exp(ratios.Average(Math.Log));
}
