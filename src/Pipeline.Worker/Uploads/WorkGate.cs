namespace Pipeline.Worker.Uploads;

/// <summary>Bounds the uploads that are worked on at a time, and those that wait for their turn.</summary>
internal sealed class WorkGate : IDisposable
{
    private readonly SemaphoreSlim _places;
    private readonly int _queueLength;
    private int _waiting;

    public WorkGate(int concurrency, int queueLength)
    {
        _places = new SemaphoreSlim(concurrency);
        _queueLength = queueLength;
    }

    /// <summary>Takes a place, waiting where the queue is not full.</summary>
    /// <returns>The place, to be disposed of; null where the queue is full.</returns>
    public async Task<IDisposable?> EnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None))
        {
            return new Place(_places);
        }

        if (Interlocked.Increment(ref _waiting) > _queueLength)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _places.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Place(_places);
    }

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
