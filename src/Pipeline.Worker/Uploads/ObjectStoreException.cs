namespace Pipeline.Worker.Uploads;

/// <summary>An object could not be had.</summary>
public sealed class ObjectStoreException : Exception
{
    /// <param name="name">Empty where the whole bucket could not be had.</param>
    public ObjectStoreException(ObjectStoreError error, string bucket, string name, string detail, Exception? innerException = null)
        : base($"{(name.Length == 0 ? "The whole" : $"Object '{name}'")} of bucket '{bucket}' could not be had ({error}): {detail}", innerException)
    {
        Error = error;
        Bucket = bucket;
        Name = name;
    }

    public ObjectStoreError Error { get; }

    public string Bucket { get; }

    public string Name { get; }
}
