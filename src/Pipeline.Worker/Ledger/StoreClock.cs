namespace Pipeline.Worker.Ledger;

/// <summary>
/// The store's time as far as this instance knows it: the last server time seen plus the monotonic time since. It never runs ahead of the store
/// (by more than the drift since the last answer), whatever the instance's own clock says. Safe for concurrent use.
/// </summary>
public sealed class StoreClock
{
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private DateTimeOffset? _serverTime;
    private long _seenAt;

    public StoreClock(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
    }

    /// <summary>The store's time now; null before any has been seen.</summary>
    public DateTimeOffset? Now
    {
        get
        {
            lock (_lock)
            {
                return _serverTime + _time.GetElapsedTime(_seenAt);
            }
        }
    }

    /// <summary>Takes note of the time of a commit or read that has just been answered. An answer that arrives late does not set the clock back.</summary>
    public void Observe(DateTimeOffset serverTime)
    {
        lock (_lock)
        {
            if (_serverTime is null || serverTime >= _serverTime)
            {
                _serverTime = serverTime;
                _seenAt = _time.GetTimestamp();
            }
        }
    }
}
