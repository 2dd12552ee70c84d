using System.Collections.Immutable;

namespace Pipeline.Worker.ModelStore;

internal sealed partial class ModelSlot
{
    private readonly List<Refusal> _refused = [];
    private ServedVersion? _retiring;
    private ModelUpdate? _update;
    private ModelCandidate? _seen;
    private long _seenAt;

    /// <summary>Whether the version before the one that answers is still in use.</summary>
    public bool IsRetiring
    {
        get
        {
            lock (_lock)
            {
                return _retiring is { HasEnded: false };
            }
        }
    }

    /// <summary>Forgets the version before, where its last request has ended.</summary>
    /// <returns>Whether there was one to forget.</returns>
    public bool ForgetRetired()
    {
        lock (_lock)
        {
            if (_retiring is not { HasEnded: true })
            {
                return false;
            }

            _retiring = null;
            return true;
        }
    }

    /// <summary>
    /// What should answer in place of what does; null where nothing should. What was refused is passed over until its files change. An older version
    /// is chosen only where the folder of the one that answers is gone: removing a version is how it is rolled back.
    /// </summary>
    /// <param name="candidates">The newest first.</param>
    public ModelCandidate? Next(ImmutableArray<ModelCandidate> candidates)
    {
        lock (_lock)
        {
            _refused.RemoveAll(refusal => !candidates.Contains(refusal.Candidate));
            foreach (var candidate in candidates)
            {
                var isOurs = candidate.Folder == _serving?.Candidate.Folder;
                if (candidate == _serving?.Candidate || (isOurs && IsRefused(candidate)))
                {
                    break;
                }

                if (!IsRefused(candidate))
                {
                    return candidate;
                }
            }

            _seen = null;
            _update = _update is { State: ModelUpdateState.Refused } && _refused.Count > 0 ? _update : null;
            return null;
        }
    }

    /// <summary>Whether a candidate has been seen unchanged for long enough.</summary>
    public bool HasSettled(ModelCandidate candidate, TimeSpan settleTime)
    {
        lock (_lock)
        {
            if (_seen != candidate)
            {
                (_seen, _seenAt) = (candidate, _timeProvider.GetTimestamp());
                Note(candidate, ModelUpdateState.Settling);
            }

            return _timeProvider.GetElapsedTime(_seenAt) >= settleTime;
        }
    }

    /// <summary>Tells how far a candidate is.</summary>
    public void Note(ModelCandidate candidate, ModelUpdateState state, string? reason = null)
    {
        lock (_lock)
        {
            if (_update is null || _update.Folder != candidate.Folder || _update.State != state || _update.Reason != reason)
            {
                _update = new ModelUpdate(candidate.Folder, candidate.Version, state, reason, _timeProvider.GetUtcNow());
            }
        }
    }

    /// <summary>Passes a candidate over until its files change; where the reason may pass by itself, for a while.</summary>
    public void Refuse(ModelCandidate candidate, Exception error)
    {
        lock (_lock)
        {
            _refused.RemoveAll(refusal => refusal.Candidate.Folder == candidate.Folder);
            _refused.Add(new Refusal(candidate, error is IOException or UnauthorizedAccessException or OutOfMemoryException, _timeProvider.GetTimestamp()));
            _seen = null;
            Note(candidate, ModelUpdateState.Refused, error.Message);
        }
    }

    /// <summary>Begins to watch a candidate anew: it changed while it was read.</summary>
    public void Unsettle()
    {
        lock (_lock)
        {
            _seen = null;
        }
    }

    private bool IsRefused(ModelCandidate candidate) => _refused.Exists(refusal =>
        refusal.Candidate == candidate && !(refusal.MayPass && _timeProvider.GetElapsedTime(refusal.At) >= _retryAfter));

    private sealed record Refusal(ModelCandidate Candidate, bool MayPass, long At);
}
