namespace Pipeline.Embedded.FolderBucket;

/// <summary>Why a piece of an upload was not taken. The upload itself stays as it was.</summary>
internal enum UploadSessionError
{
    /// <summary>There is no such upload, or no more: it was cancelled, it failed for good, or its time is up.</summary>
    Unknown,

    /// <summary>It was finished, and the object that came of it is gone.</summary>
    Gone,

    /// <summary>Another request is sending to the same upload, and bytes come.</summary>
    Busy,

    /// <summary>Too many uploads are unfinished.</summary>
    TooMany,

    /// <summary>The piece begins behind the bytes that are there, or not right behind them where it must.</summary>
    Gap,

    /// <summary>The piece does not have the size that was declared for it, or for the object.</summary>
    WrongSize,
}
