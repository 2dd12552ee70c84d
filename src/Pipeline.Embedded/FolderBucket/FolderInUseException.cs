namespace Pipeline.Embedded.FolderBucket;

/// <summary>Another endpoint takes uploads into the same folder.</summary>
public sealed class FolderInUseException : Exception
{
    public FolderInUseException(string lockPath, Exception innerException)
        : base(
            $"Another process takes uploads into this folder (it holds '{lockPath}'). Stop it, or give this one another folder.",
            innerException)
    {
        LockPath = lockPath;
    }

    public string LockPath { get; }
}
