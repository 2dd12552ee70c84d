namespace Pipeline.Worker.Tests.Support;

/// <summary>Runs continuations on the thread that drains it, so that a test on a fake clock sees when nothing is left to do.</summary>
internal sealed class Pump : SynchronizationContext, IDisposable
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly SynchronizationContext? _before = Current;

    /// <summary>Begins a task and drains.</summary>
    public Task<T> Start<T>(Func<Task<T>> run)
    {
        SetSynchronizationContext(this);
        var task = run();
        Drain();
        return task;
    }

    /// <summary>Runs what is queued, and what that queues.</summary>
    public void Drain()
    {
        while (TryTake(out var item))
        {
            item.Callback(item.State);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
        }
    }

    public void Dispose() => SetSynchronizationContext(_before);

    private bool TryTake(out (SendOrPostCallback Callback, object? State) item)
    {
        lock (_queue)
        {
            return _queue.TryDequeue(out item);
        }
    }
}
