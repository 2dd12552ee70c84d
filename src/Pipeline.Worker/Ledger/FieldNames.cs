namespace Pipeline.Worker.Ledger;

/// <summary>The fields of results and dead letters. Public API: apps read them.</summary>
internal static class FieldNames
{
    public const string AppDocument = "appDocument";
    public const string Arm = "arm";
    public const string At = "at";
    public const string Attempts = "attempts";
    public const string Bucket = "bucket";
    public const string Bytes = "bytes";
    public const string ClaimId = "claimId";
    public const string Code = "code";
    public const string CreatedAt = "createdAt";
    public const string DueAt = "dueAt";
    public const string Error = "error";
    public const string Errors = "errors";
    public const string EventId = "eventId";
    public const string EventTime = "eventTime";
    public const string EventType = "eventType";
    public const string ExpireAt = "expireAt";
    public const string FirstFailedAt = "firstFailedAt";
    public const string Format = "format";
    public const string Generation = "generation";
    public const string Height = "height";
    public const string Holder = "holder";
    public const string Image = "image";
    public const string Index = "index";
    public const string Instance = "instance";
    public const string Label = "label";
    public const string Labels = "labels";
    public const string LastFailedAt = "lastFailedAt";
    public const string Lease = "lease";
    public const string Message = "message";
    public const string Model = "model";
    public const string Name = "name";
    public const string Orientation = "orientation";
    public const string Owner = "owner";
    public const string ParkedReason = "parkedReason";
    public const string Payload = "payload";
    public const string Redrives = "redrives";
    public const string Retryable = "retryable";
    public const string Rule = "rule";
    public const string Score = "score";
    public const string Seconds = "seconds";
    public const string Sha256 = "sha256";
    public const string State = "state";
    public const string Status = "status";
    public const string Timings = "timings";
    public const string UpdatedAt = "updatedAt";
    public const string Version = "version";
    public const string Width = "width";
}
