namespace Pipeline.Worker.ModelStore;

/// <summary>A model, or why there is none; exactly one of both.</summary>
/// <param name="HadToWait">The model was not ready when it was asked for.</param>
public sealed record ModelLookup(IServedModel? Model, ModelFailure? Failure, bool HadToWait);
