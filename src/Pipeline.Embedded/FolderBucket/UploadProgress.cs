namespace Pipeline.Embedded.FolderBucket;

/// <summary>How far an upload is.</summary>
/// <param name="Received">Bytes that are on the disk.</param>
/// <param name="Object">What came of it, once it is whole, else null.</param>
internal sealed record UploadProgress(long Received, StoredObject? Object);
