using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Measuring;

/// <summary>
/// Measures two things beside each other: blocks of runs alternate with a pause between them, and change their order every second round, so
/// that whatever slows the machine down slows both. The first run of a block is dropped: it finds the other's data in the caches. So is a
/// round before the first: code is still being compiled then.
/// </summary>
internal sealed class AlternatingRounds
{
    /// <summary>The least time of a block behind its first run.</summary>
    public static readonly TimeSpan BlockLength = TimeSpan.FromMilliseconds(150);

    /// <summary>Between two blocks.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _timeProvider;
    private readonly Action<TimeSpan> _wait;

    public AlternatingRounds(TimeProvider timeProvider, Action<TimeSpan> wait)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(wait);
        _timeProvider = timeProvider;
        _wait = wait;
    }

    /// <param name="rounds">At least 1.</param>
    /// <param name="budget">No round begins later than this, but the first.</param>
    public RoundTimes Measure(Action ours, Action peers, int rounds, TimeSpan budget)
    {
        ArgumentNullException.ThrowIfNull(ours);
        ArgumentNullException.ThrowIfNull(peers);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var start = _timeProvider.GetTimestamp();
        MeasureBlock(ours);
        MeasureBlock(peers);
        var ourBlocks = ImmutableArray.CreateBuilder<BlockTime>();
        var peerBlocks = ImmutableArray.CreateBuilder<BlockTime>();
        for (var round = 0; round < rounds && (round == 0 || _timeProvider.GetElapsedTime(start) < budget); round++)
        {
            if (round % 2 == 0)
            {
                ourBlocks.Add(MeasureBlock(ours));
                peerBlocks.Add(MeasureBlock(peers));
            }
            else
            {
                peerBlocks.Add(MeasureBlock(peers));
                ourBlocks.Add(MeasureBlock(ours));
            }
        }

        return new RoundTimes(ourBlocks.ToImmutable(), peerBlocks.ToImmutable());
    }

    private BlockTime MeasureBlock(Action run)
    {
        _wait(Pause);
        run();
        var times = new List<TimeSpan>();
        var start = _timeProvider.GetTimestamp();
        do
        {
            var before = _timeProvider.GetTimestamp();
            run();
            times.Add(_timeProvider.GetElapsedTime(before));
        }
        while (_timeProvider.GetElapsedTime(start) < BlockLength);

        return BlockTime.Of(times);
    }
}
