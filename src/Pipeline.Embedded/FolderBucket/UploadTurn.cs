namespace Pipeline.Embedded.FolderBucket;

/// <summary>The right of one request to change an upload. It ends early where its sender is silent while another request asks for it.</summary>
internal sealed class UploadTurn
{
    private const long NotWaiting = -1;

    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _takenOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingSince = NotWaiting;

    public UploadTurn(TimeProvider time)
    {
        _time = time;
    }

    /// <summary>Completes once the request has left the upload.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Waits for bytes of the sender.</summary>
    /// <param name="begin">Begins the read.</param>
    /// <exception cref="IOException">Another request has taken over. The read is left behind, with its buffer.</exception>
    public async Task<int> WaitAsync(Func<Task<int>> begin)
    {
        Volatile.Write(ref _waitingSince, _time.GetTimestamp());
        var read = begin();
        await Task.WhenAny(read, _takenOver.Task).ConfigureAwait(false);
        Volatile.Write(ref _waitingSince, NotWaiting);
        return _takenOver.Task.IsCompleted
            ? throw new IOException("another request for the same upload has taken over.")
            : await read.ConfigureAwait(false);
    }

    /// <summary>Makes the request leave, where it has waited so long for its sender. A request that works is not disturbed.</summary>
    public bool TryTakeOver(TimeSpan silence)
    {
        var since = Volatile.Read(ref _waitingSince);
        if (since == NotWaiting || _time.GetElapsedTime(since) < silence)
        {
            return false;
        }

        _takenOver.TrySetResult();
        return true;
    }

    public void End() => _ended.TrySetResult();
}
