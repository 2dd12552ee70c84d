namespace Pipeline.Worker.ModelStore;

/// <summary>A package that differs from the one that answers.</summary>
/// <param name="Version">The number of its sub-folder; null where the model's folder is the package.</param>
/// <param name="Reason">Where it was refused: the whole message, with paths; for operators only.</param>
/// <param name="Since">When it came into this state.</param>
public sealed record ModelUpdate(string Folder, long? Version, ModelUpdateState State, string? Reason, DateTimeOffset Since);
