namespace Pipeline.Benchmarks.Measuring;

/// <summary>The middle of some figures.</summary>
internal static class Median
{
    /// <param name="values">At least one. Of an even number, the mean of the middle two.</param>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length > 0
            ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2
            : throw new ArgumentException("There is no median of nothing.", nameof(values));
    }
}
