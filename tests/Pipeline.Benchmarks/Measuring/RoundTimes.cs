using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>The blocks of two engines, round by round.</summary>
internal sealed record RoundTimes(ImmutableArray<BlockTime> Ours, ImmutableArray<BlockTime> Peers)
{
    public int Rounds => Ours.Length;

    public double OurMilliseconds => Median.Of(Ours.Select(block => block.MedianMilliseconds));

    public double OurLeastMilliseconds => Ours.Min(block => block.LeastMilliseconds);

    public double PeerMilliseconds => Median.Of(Peers.Select(block => block.MedianMilliseconds));

    public double PeerLeastMilliseconds => Peers.Min(block => block.LeastMilliseconds);

    /// <summary>Our time to the peer's: the median of the rounds' ratios, so that a machine that slows down for a while slows both sides.</summary>
    public double Ratio => Median.Of(Ours.Zip(Peers, (ours, peers) => ours.MedianMilliseconds / peers.MedianMilliseconds));
}
