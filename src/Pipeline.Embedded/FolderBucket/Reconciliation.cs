namespace Pipeline.Embedded.FolderBucket;

/// <summary>What came of comparing an object with its file.</summary>
/// <param name="Object">The live object, or null where there is none.</param>
/// <param name="Unsettled">Not null: a file with this stamp lies there that is not taken in yet; ask again once it has kept the stamp for a while.</param>
internal readonly record struct Reconciliation(StoredObject? Object, FileStamp? Unsettled);
