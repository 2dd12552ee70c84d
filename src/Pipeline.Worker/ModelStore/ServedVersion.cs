namespace Pipeline.Worker.ModelStore;

/// <summary>A version in memory. It is disposed when it is retired and the last request has given it back.</summary>
internal sealed class ServedVersion
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The slot's own hold is one of them.
    private int _holds = 1;

    public ServedVersion(ModelCandidate candidate, IServedModel model, ModelServing serving)
    {
        Candidate = candidate;
        Model = model;
        Serving = serving;
    }

    public ModelCandidate Candidate { get; }

    public IServedModel Model { get; }

    public ModelServing Serving { get; }

    /// <summary>Nobody uses it any more, and it is disposed.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Takes hold of it; only while the caller knows that it is not retired.</summary>
    public ModelUse Use()
    {
        Interlocked.Increment(ref _holds);
        return new ModelUse(this);
    }

    /// <summary>Gives up one hold; for the slot, retires it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Model.Dispose();
            _ended.SetResult();
        }
    }
}
