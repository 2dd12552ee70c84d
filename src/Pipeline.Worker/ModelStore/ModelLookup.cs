namespace Pipeline.Worker.ModelStore;

/// <summary>A model, or why there is none; exactly one of both. The model stays in memory until the lookup is disposed.</summary>
public sealed class ModelLookup : IDisposable
{
    private ModelUse? _use;

    internal ModelLookup(ModelUse use, bool hadToWait)
    {
        _use = use;
        Model = use.Model;
        HadToWait = hadToWait;
    }

    internal ModelLookup(ModelFailure failure, bool hadToWait)
    {
        Failure = failure;
        HadToWait = hadToWait;
    }

    public IServedModel? Model { get; }

    public ModelFailure? Failure { get; }

    /// <summary>The model was not ready when it was asked for.</summary>
    public bool HadToWait { get; }

    /// <summary>Gives the model back. More than once is once.</summary>
    public void Dispose() => Interlocked.Exchange(ref _use, null)?.End();
}
