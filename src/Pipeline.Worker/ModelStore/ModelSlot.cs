namespace Pipeline.Worker.ModelStore;

/// <summary>
/// The place of one model: empty, being filled, filled, or failed and filled again after a while. What answers is replaced at once: requests that
/// hold the version before keep it until they have ended.
/// </summary>
internal sealed partial class ModelSlot
{
    private readonly Lock _lock = new();
    private readonly Func<ModelSlot, Task<ModelFailure?>> _load;
    private readonly TimeSpan _retryAfter;
    private readonly TimeProvider _timeProvider;
    private ServedVersion? _serving;
    private Task<ModelFailure?>? _first;
    private long _failedAt;

    /// <param name="load">Fills the slot, or gives the failure as a value; never throws.</param>
    public ModelSlot(ModelSource source, Func<ModelSlot, Task<ModelFailure?>> load, TimeSpan retryAfter, TimeProvider timeProvider)
    {
        Source = source;
        _load = load;
        _retryAfter = retryAfter;
        _timeProvider = timeProvider;
    }

    public ModelSource Source { get; }

    public bool IsFilled
    {
        get
        {
            lock (_lock)
            {
                return _serving is not null;
            }
        }
    }

    /// <summary>The first load that is under way or has ended; null where none has begun.</summary>
    public Task? FirstLoad
    {
        get
        {
            lock (_lock)
            {
                return _first;
            }
        }
    }

    public ModelStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _serving is { } serving
                    ? new ModelStatus(Source, ModelState.Ready, serving.Model.Facts, null) { Serving = serving.Serving, Update = _update }
                    : _first switch
                    {
                        null => new ModelStatus(Source, ModelState.Waiting, null, null),
                        { IsCompletedSuccessfully: true, Result: { } failure } => new ModelStatus(Source, ModelState.Failed, null, failure.Detail)
                        {
                            Update = _update is { State: ModelUpdateState.Refused } ? null : _update,
                        },
                        _ => new ModelStatus(Source, ModelState.Loading, null, null),
                    };
            }
        }
    }

    /// <summary>Takes hold of what answers; null where nothing does.</summary>
    public ModelLookup? TryUse(bool hadToWait)
    {
        lock (_lock)
        {
            return _serving is null ? null : new ModelLookup(_serving.Use(), hadToWait);
        }
    }

    /// <summary>The current first load; begins one where there is none, or where the last failed long enough ago.</summary>
    public Task<ModelFailure?> Load()
    {
        lock (_lock)
        {
            var mayRetry = _serving is null && _first is { IsCompleted: true } && _timeProvider.GetElapsedTime(_failedAt) >= _retryAfter;
            if (_first is null || mayRetry)
            {
                _first = Task.Run(LoadAsync);
            }

            return _first;
        }
    }

    /// <summary>Lets a version answer from now on; the one before ends with its last request.</summary>
    public void Serve(ServedVersion next)
    {
        lock (_lock)
        {
            _retiring = _serving;
            _serving = next;
            _update = null;
        }

        _retiring?.Release();
    }

    /// <summary>Lets nothing answer any more.</summary>
    public void Empty()
    {
        ServedVersion? serving;
        lock (_lock)
        {
            (serving, _serving) = (_serving, null);
        }

        serving?.Release();
    }

    private async Task<ModelFailure?> LoadAsync()
    {
        var failure = await _load(this);
        if (failure is not null)
        {
            lock (_lock)
            {
                _failedAt = _timeProvider.GetTimestamp();
            }
        }

        return failure;
    }
}
