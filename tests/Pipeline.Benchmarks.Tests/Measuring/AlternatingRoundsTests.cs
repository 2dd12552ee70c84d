using Microsoft.Extensions.Time.Testing;
using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Tests.Measuring;

public sealed class AlternatingRoundsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Measure_TwoRounds_AlternatesBlocksBehindPausesAndReversesTheSecond()
    {
        Create().Measure(Run("ours", 100), Run("peer", 200), 2, Long);

        string[] ours = ["pause 50", "ours", "ours", "ours"];
        string[] peer = ["pause 50", "peer", "peer"];
        Assert.Equal([.. ours, .. peer, .. ours, .. peer, .. peer, .. ours], _log);
    }

    [Fact]
    public void Measure_FirstRunOfABlockIsSlow_IsDropped()
    {
        var runs = 0;
        void Ours() => _time.Advance(TimeSpan.FromMilliseconds(runs++ % 3 == 0 ? 1000 : 100));

        var times = Create().Measure(Ours, Run("peer", 50), 3, Long);

        Assert.All(times.Ours, block => Assert.Equal(new BlockTime(100, 100, 2), block));
        Assert.Equal(2, times.Ratio, 9);
    }

    [Fact]
    public void Measure_BudgetIsSpent_BeginsNoFurtherRound()
    {
        var times = Create().Measure(Run("ours", 1000), Run("peer", 1000), 9, TimeSpan.FromSeconds(11));

        Assert.Equal(2, times.Rounds);
    }

    [Fact]
    public void Measure_BudgetIsSpentAtOnce_StillGivesOneRound()
    {
        Assert.Equal(1, Create().Measure(Run("ours", 1000), Run("peer", 1000), 9, TimeSpan.FromMilliseconds(1)).Rounds);
    }

    private AlternatingRounds Create() => new(_time, pause => _log.Add($"pause {pause.TotalMilliseconds}"));

    private Action Run(string name, int milliseconds) => () =>
    {
        _log.Add(name);
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
    };
}
