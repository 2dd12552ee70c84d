namespace Pipeline.Embedded.FolderBucket;

/// <summary>Why an object could not be changed. Nothing was changed.</summary>
public enum ObjectWriteError
{
    /// <summary>The name is empty, longer than 1,024 bytes, or no valid Unicode.</summary>
    InvalidName,

    /// <summary>What the uploader says of the object is too long, or cannot be sent back.</summary>
    InvalidDescription,

    /// <summary>There is no such bucket.</summary>
    UnknownBucket,

    /// <summary>There is no such object, or not in this generation.</summary>
    NotFound,

    /// <summary>A condition did not hold.</summary>
    ConditionNotMet,

    /// <summary>The upload has more bytes than allowed.</summary>
    TooLarge,

    /// <summary>The bytes do not have the checksum that the sender declared.</summary>
    WrongContent,

    /// <summary>The upload stopped before its end, or stood still for too long.</summary>
    Interrupted,

    /// <summary>The disk is full.</summary>
    Full,

    /// <summary>The folder may not be written.</summary>
    PermissionDenied,

    /// <summary>The folder or its database cannot be used now.</summary>
    Unavailable,
}
