namespace Pipeline.Worker.Tests.Support;

/// <summary>A clock that is off by a constant, on the monotonic clock and the timers of another.</summary>
internal sealed class SkewedTime : TimeProvider
{
    private readonly TimeProvider _inner;
    private readonly TimeSpan _offset;

    public SkewedTime(TimeProvider inner, TimeSpan offset)
    {
        _inner = inner;
        _offset = offset;
    }

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + _offset;

    public override long GetTimestamp() => _inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _inner.CreateTimer(callback, state, dueTime, period);
}
