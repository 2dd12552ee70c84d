namespace Pipeline.Imaging.Decoding;

/// <summary>The time one call may take, and its cancellation.</summary>
internal readonly struct DecodeClock
{
    private readonly TimeProvider _timeProvider;
    private readonly long _started;
    private readonly TimeSpan _allowed;
    private readonly CancellationToken _cancellationToken;

    public DecodeClock(TimeProvider timeProvider, TimeSpan allowed, CancellationToken cancellationToken)
    {
        _timeProvider = timeProvider;
        _started = timeProvider.GetTimestamp();
        _allowed = allowed;
        _cancellationToken = cancellationToken;
    }

    /// <summary>True where <see cref="ThrowIfOver"/> would throw.</summary>
    public bool IsOver => _cancellationToken.IsCancellationRequested || _timeProvider.GetElapsedTime(_started) > _allowed;

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="ImageLimitException">The time is used up.</exception>
    public void ThrowIfOver()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var elapsed = _timeProvider.GetElapsedTime(_started);
        if (elapsed > _allowed)
        {
            throw new ImageLimitException(ImageLimit.Time, (long)elapsed.TotalMilliseconds, (long)_allowed.TotalMilliseconds);
        }
    }
}
