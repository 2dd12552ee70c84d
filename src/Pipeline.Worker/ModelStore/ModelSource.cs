namespace Pipeline.Worker.ModelStore;

/// <summary>Where a model lies.</summary>
/// <param name="Name">What rules call it; unique.</param>
/// <param name="Folder">Its package, see Pipeline.Models.</param>
/// <param name="IsRequired">Whether readiness waits for it.</param>
public sealed record ModelSource(string Name, string Folder, bool IsRequired = true);
