namespace Pipeline.Cli.Verifying.Recorded;

/// <summary>A folder of recorded outputs is not in its format.</summary>
internal sealed class InvalidRecordingException : Exception
{
    /// <param name="path">The file or folder.</param>
    /// <param name="detail">What is wrong and what would be right, without a full stop.</param>
    public InvalidRecordingException(string path, string detail, Exception? innerException = null)
        : base($"{path}: {detail}.", innerException)
    {
        Path = path;
    }

    public string Path { get; }
}
