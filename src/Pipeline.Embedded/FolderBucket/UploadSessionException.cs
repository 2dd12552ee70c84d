namespace Pipeline.Embedded.FolderBucket;

/// <summary>A piece of an upload was not taken.</summary>
internal sealed class UploadSessionException : Exception
{
    public UploadSessionException(UploadSessionError error, string session, string detail, long received = 0)
        : base($"Upload '{session}' ({error}): {detail}")
    {
        Error = error;
        Detail = detail;
        Received = received;
    }

    public UploadSessionError Error { get; }

    /// <summary>The reason alone.</summary>
    public string Detail { get; }

    /// <summary>Bytes of the upload that are there.</summary>
    public long Received { get; }
}
