namespace Pipeline.Worker.ModelStore;

/// <summary>Where a model lies.</summary>
/// <param name="Name">What rules call it; unique.</param>
/// <param name="Folder">Its package, see Pipeline.Models; or a folder of versions: packages in sub-folders named by whole numbers.</param>
/// <param name="IsRequired">Whether readiness waits for it.</param>
/// <param name="Version">The version to serve, where the folder holds versions; null for the newest.</param>
public sealed record ModelSource(string Name, string Folder, bool IsRequired = true, long? Version = null);
