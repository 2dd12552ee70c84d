namespace Pipeline.Benchmarks.Measuring;

/// <summary>The runs of one block.</summary>
internal readonly record struct BlockTime(double MedianMilliseconds, double LeastMilliseconds, int Runs)
{
    /// <param name="times">At least one.</param>
    public static BlockTime Of(IReadOnlyCollection<TimeSpan> times) =>
        new(Median.Of(times.Select(time => time.TotalMilliseconds)), times.Min().TotalMilliseconds, times.Count);
}
