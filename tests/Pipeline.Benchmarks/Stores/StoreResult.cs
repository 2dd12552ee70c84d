using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Stores;

/// <summary>A case with the milliseconds of each of its events, oldest first.</summary>
/// <param name="Milliseconds">At least one.</param>
internal sealed record StoreResult(string Name, IReadOnlyList<double> Milliseconds)
{
    public double MedianMilliseconds => Median.Of(Milliseconds);

    public double LeastMilliseconds => Milliseconds.Min();

    /// <summary>What an event takes longer than with other stores: the median of the rounds' differences, so that a machine that slows down slows both.</summary>
    public double AddedMilliseconds(StoreResult other) => Median.Of(Milliseconds.Zip(other.Milliseconds, static (mine, others) => mine - others));
}
