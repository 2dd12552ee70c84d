namespace Pipeline.Embedded.Sqlite;

/// <summary>A file that is to be one of our databases is damaged, belongs to another program, or was written by a newer version.</summary>
public sealed class InvalidDatabaseException : Exception
{
    public InvalidDatabaseException(string path, string detail, Exception? innerException = null)
        : base($"Database '{path}' cannot be used: {detail}", innerException)
    {
        Path = path;
    }

    public string Path { get; }
}
