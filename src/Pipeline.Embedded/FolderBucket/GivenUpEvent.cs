namespace Pipeline.Embedded.FolderBucket;

/// <summary>An event that could not be delivered within the retention.</summary>
/// <param name="Id">The CloudEvent's id.</param>
/// <param name="Time">When the object changed.</param>
/// <param name="Attempts">Deliveries that failed.</param>
/// <param name="LastError">Why the last one failed, or null.</param>
public sealed record GivenUpEvent(string Id, string Type, string Bucket, string Name, DateTimeOffset Time, int Attempts, string? LastError);
