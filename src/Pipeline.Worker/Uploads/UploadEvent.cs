namespace Pipeline.Worker.Uploads;

/// <summary>
/// One event about an object, as the envelope and its data say; nothing is checked yet. What is missing is null: the handlers decide what is
/// unusable.
/// </summary>
/// <param name="EventId">The envelope's id.</param>
/// <param name="EventType">The envelope's type, kept in dead letters.</param>
/// <param name="EventTime">The envelope's time, or null.</param>
/// <param name="Size">Bytes as stored.</param>
public sealed record UploadEvent(
    string EventId,
    string EventType,
    DateTimeOffset? EventTime,
    UploadEventKind Kind,
    string? Bucket,
    string? Name,
    long? Generation,
    long? Metageneration = null,
    string? ContentType = null,
    string? ContentEncoding = null,
    long? Size = null);
