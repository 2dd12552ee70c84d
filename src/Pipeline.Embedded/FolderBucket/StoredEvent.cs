namespace Pipeline.Embedded.FolderBucket;

/// <summary>One event that waits for delivery, or that was given up.</summary>
/// <param name="Sequence">Its number in the outbox.</param>
/// <param name="Id">The CloudEvent's id; stays the same over all deliveries.</param>
/// <param name="Time">When the object changed.</param>
/// <param name="Data">StorageObjectData as JSON.</param>
/// <param name="Attempts">Deliveries that failed.</param>
/// <param name="LastError">Why the last one failed, or null.</param>
internal sealed record StoredEvent(
    long Sequence,
    string Id,
    string Type,
    string Bucket,
    string Name,
    DateTimeOffset Time,
    ReadOnlyMemory<byte> Data,
    int Attempts,
    string? LastError);
