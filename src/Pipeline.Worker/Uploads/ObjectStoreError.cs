namespace Pipeline.Worker.Uploads;

/// <summary>Why an object could not be had.</summary>
public enum ObjectStoreError
{
    /// <summary>This generation is gone. Permanent for this generation.</summary>
    NotFound,

    /// <summary>More bytes than allowed. Permanent.</summary>
    TooLarge,

    /// <summary>The caller may not read it, or the bucket does not exist. Configuration.</summary>
    PermissionDenied,

    /// <summary>Unreachable, timed out, throttled, cut off. Transient.</summary>
    Unavailable,

    /// <summary>The bytes do not have the object's CRC-32C. Transient.</summary>
    ChecksumMismatch,
}
