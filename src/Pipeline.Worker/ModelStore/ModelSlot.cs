namespace Pipeline.Worker.ModelStore;

/// <summary>The place of one model: empty, being filled, filled, or failed and filled again after a while.</summary>
internal sealed class ModelSlot
{
    private readonly Lock _lock = new();
    private readonly Func<ModelSource, Task<ModelLookup>> _load;
    private readonly TimeSpan _retryAfter;
    private readonly TimeProvider _timeProvider;
    private Task<ModelLookup>? _current;
    private long _failedAt;

    /// <param name="load">Never fails; gives the failure as a value.</param>
    public ModelSlot(ModelSource source, Func<ModelSource, Task<ModelLookup>> load, TimeSpan retryAfter, TimeProvider timeProvider)
    {
        Source = source;
        _load = load;
        _retryAfter = retryAfter;
        _timeProvider = timeProvider;
    }

    public ModelSource Source { get; }

    /// <summary>The load that counts: the one under way, the one that succeeded, or the last failed one.</summary>
    public Task<ModelLookup>? Current
    {
        get
        {
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>The current load; begins one where there is none, or where the last failed long enough ago.</summary>
    public Task<ModelLookup> Load()
    {
        lock (_lock)
        {
            var mayRetry = _current is { IsCompleted: true, Result.Failure: not null } && _timeProvider.GetElapsedTime(_failedAt) >= _retryAfter;
            if (_current is null || mayRetry)
            {
                _current = Task.Run(LoadAsync);
            }

            return _current;
        }
    }

    private async Task<ModelLookup> LoadAsync()
    {
        var result = await _load(Source);
        if (result.Failure is not null)
        {
            lock (_lock)
            {
                _failedAt = _timeProvider.GetTimestamp();
            }
        }

        return result;
    }
}
