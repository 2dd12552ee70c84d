namespace Pipeline.Embedded.Tests.Support;

/// <summary>A loop that runs until this is disposed.</summary>
internal sealed class RunningLoop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly IDisposable[] _owned;

    public RunningLoop(Func<CancellationToken, Task> run, params IDisposable[] owned)
    {
        _owned = owned;
        _running = run(_stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }

        _stop.Dispose();
    }
}
