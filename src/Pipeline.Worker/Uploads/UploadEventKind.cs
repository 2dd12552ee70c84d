namespace Pipeline.Worker.Uploads;

/// <summary>What happened to an object.</summary>
public enum UploadEventKind
{
    /// <summary>A new generation is there: created or overwritten.</summary>
    Finalized,

    /// <summary>A generation is gone for good.</summary>
    Deleted,

    /// <summary>A generation is no longer the live one (versioned buckets).</summary>
    Archived,
}
