namespace Pipeline.Worker.ModelStore;

/// <summary>A package that may be served.</summary>
/// <param name="Folder">The package itself.</param>
/// <param name="Version">The number of its sub-folder; null where the model's folder is the package.</param>
/// <param name="Stamp">Differs where a file of the package has been added, removed, or written.</param>
public sealed record ModelCandidate(string Folder, long? Version, string Stamp);
