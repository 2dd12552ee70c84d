namespace Pipeline.Worker.Uploads;

/// <summary>How event types and notification types name what happened.</summary>
public static class UploadEventKinds
{
    /// <summary>The kind of an event type such as <c>….storage.object.v1.finalized</c>; null for any other.</summary>
    public static UploadEventKind? FromEventType(string? type) => type switch
    {
        null => null,
        _ when type.EndsWith(".storage.object.v1.finalized", StringComparison.Ordinal) => UploadEventKind.Finalized,
        _ when type.EndsWith(".storage.object.v1.deleted", StringComparison.Ordinal) => UploadEventKind.Deleted,
        _ when type.EndsWith(".storage.object.v1.archived", StringComparison.Ordinal) => UploadEventKind.Archived,
        _ => null,
    };

    /// <summary>The kind of a bucket notification's <c>eventType</c>; null for any other.</summary>
    public static UploadEventKind? FromNotification(string? type) => type switch
    {
        "OBJECT_FINALIZE" => UploadEventKind.Finalized,
        "OBJECT_DELETE" => UploadEventKind.Deleted,
        "OBJECT_ARCHIVE" => UploadEventKind.Archived,
        _ => null,
    };
}
