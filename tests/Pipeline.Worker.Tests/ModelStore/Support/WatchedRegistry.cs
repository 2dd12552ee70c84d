using Microsoft.Extensions.Time.Testing;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Worker.Tests.ModelStore.Support;

/// <summary>A registry that looks for newer versions while the test moves the clock.</summary>
internal sealed class WatchedRegistry : IAsyncDisposable
{
    private readonly FakeTimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watch;

    public WatchedRegistry(ModelRegistry registry, FakeTimeProvider time)
    {
        Registry = registry;
        _time = time;
        _watch = Task.Run(() => registry.WatchAsync(_stop.Token));
    }

    public ModelRegistry Registry { get; }

    /// <summary>Moves the clock and lets the loop run.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);

        // The loop goes on by itself on another thread; a real moment is all it needs.
        await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        Assert.False(_watch.IsFaulted, _watch.Exception?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watch;
        await Registry.DisposeAsync();
        _stop.Dispose();
    }
}
