using Microsoft.Extensions.Time.Testing;
using Pipeline.Worker.Ledger;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class StoreClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon.AddHours(-5));

    [Fact]
    public void Now_NothingSeen_IsUnknown() => Assert.Null(new StoreClock(_time).Now);

    [Fact]
    public void Now_AfterATime_GoesOnWithTheMonotonicClock()
    {
        var clock = new StoreClock(_time);
        clock.Observe(Noon);
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(Noon.AddSeconds(7), clock.Now);
    }

    [Fact]
    public void Now_OwnClockJumps_IsUnmoved()
    {
        var clock = new StoreClock(new JumpingTimeProvider(_time));
        clock.Observe(Noon);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Noon.AddSeconds(1), clock.Now);
    }

    [Fact]
    public void Observe_OlderAnswerThatArrivesLate_IsIgnored()
    {
        var clock = new StoreClock(_time);
        clock.Observe(Noon);
        clock.Observe(Noon.AddSeconds(-3));

        Assert.Equal(Noon, clock.Now);
    }

    [Fact]
    public void Observe_StoreBehindTheEstimate_CorrectsADriftingClock()
    {
        var clock = new StoreClock(_time);
        clock.Observe(Noon);
        _time.Advance(TimeSpan.FromSeconds(10));
        clock.Observe(Noon.AddSeconds(9));

        Assert.Equal(Noon.AddSeconds(9), clock.Now);
    }

    /// <summary>A wall clock that says another time at each call, on a monotonic clock that is right.</summary>
    private sealed class JumpingTimeProvider(TimeProvider inner) : TimeProvider
    {
        private int _calls;

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Noon.AddMinutes(++_calls % 2 == 0 ? 10 : -10);

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
