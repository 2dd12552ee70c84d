namespace Pipeline.Models.Package;

/// <summary>A label file that cannot be used.</summary>
public sealed class InvalidLabelsException : Exception
{
    /// <param name="file">The label file's path.</param>
    /// <param name="detail">What is wrong and where, without a full stop.</param>
    public InvalidLabelsException(string file, string detail)
        : base($"{file}: {detail}.")
    {
        File = file;
        Detail = detail;
    }

    public string File { get; }

    /// <summary>What is wrong and where, without a full stop.</summary>
    public string Detail { get; }
}
