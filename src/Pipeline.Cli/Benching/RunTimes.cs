using System.Collections.Immutable;

namespace Pipeline.Cli.Benching;

/// <summary>How long runs took, in milliseconds.</summary>
internal sealed class RunTimes
{
    private readonly ImmutableArray<double> _sorted;

    /// <param name="milliseconds">At least one.</param>
    public RunTimes(IEnumerable<double> milliseconds)
    {
        ArgumentNullException.ThrowIfNull(milliseconds);
        _sorted = [.. milliseconds.Order()];
        ArgumentOutOfRangeException.ThrowIfZero(_sorted.Length, nameof(milliseconds));
    }

    public int Count => _sorted.Length;

    public double Least => _sorted[0];

    public double Median => Percentile(50);

    /// <summary>The least time that <paramref name="percent"/> of the runs did not exceed.</summary>
    /// <param name="percent">Above 0, up to 100.</param>
    public double Percentile(int percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var rank = (((long)percent * _sorted.Length) + 99) / 100;
        return _sorted[(int)rank - 1];
    }
}
