namespace Pipeline.Worker.ModelStore;

/// <summary>What is in memory and answers.</summary>
/// <param name="Folder">The package that it was loaded from.</param>
/// <param name="Version">The number of its sub-folder; null where the model's folder is the package.</param>
/// <param name="Since">When it began to answer.</param>
public sealed record ModelServing(string Folder, long? Version, DateTimeOffset Since, TimeSpan LoadTime, TimeSpan WarmTime);
