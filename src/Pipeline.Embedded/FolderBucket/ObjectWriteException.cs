namespace Pipeline.Embedded.FolderBucket;

/// <summary>An object could not be changed.</summary>
public sealed class ObjectWriteException : Exception
{
    public ObjectWriteException(ObjectWriteError error, string bucket, string name, string detail, Exception? innerException = null)
        : base($"Object '{name}' of bucket '{bucket}' could not be changed ({error}): {detail}", innerException)
    {
        Error = error;
        Bucket = bucket;
        Name = name;
        Detail = detail;
    }

    public ObjectWriteError Error { get; }

    public string Bucket { get; }

    public string Name { get; }

    /// <summary>The reason alone.</summary>
    public string Detail { get; }
}
