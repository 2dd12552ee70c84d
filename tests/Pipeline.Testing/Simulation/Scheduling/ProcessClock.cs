namespace Pipeline.Testing.Simulation.Scheduling;

/// <summary>Time as one process sees it: its wall clock is wrong by the skew, its timers fire only while it runs.</summary>
public sealed class ProcessClock : TimeProvider
{
    private readonly EventLoop _loop;
    private readonly VirtualProcess _process;
    private TimeSpan _lost;

    internal ProcessClock(EventLoop loop, VirtualProcess process, TimeSpan skew)
    {
        _loop = loop;
        _process = process;
        Skew = skew;
    }

    /// <summary>The wall clock's error; a change is a jump.</summary>
    public TimeSpan Skew { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _loop.Now + Skew;

    public override long GetTimestamp() => (_loop.Now - _lost).UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _loop.RequireThread();
        var timer = new VirtualTimer(_loop, _process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void LoseMonotonic(TimeSpan duration) => _lost += duration;
}
