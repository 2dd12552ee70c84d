namespace Pipeline.Worker.Uploads;

/// <summary>The time to record an outcome: not cut short by a shutdown at once, but bounded once one has begun.</summary>
internal sealed class FinishTime : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public FinishTime(TimeSpan onShutdown, TimeProvider time, CancellationToken stopping)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = stopping.Register(() => _source.CancelAfter(onShutdown));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
