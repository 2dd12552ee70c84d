namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>Where the documents lie and how the file is used.</summary>
/// <param name="Path">The SQLite file; it and its folder are created where there is none. Several processes may share it.</param>
public sealed record SqliteDocumentStoreOptions(string Path)
{
    /// <summary>How long a commit waits for the commits of other processes before it is <c>Unavailable</c>. Default 5 s, more than 0, at most 10 min.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many changes the history keeps; older ones are dropped. Default 10,000, at least 0.</summary>
    public int HistoryLimit { get; init; } = 10_000;

    /// <summary>The size the file may reach, in bytes; beyond it commits are <c>ResourceExhausted</c>. Default null: as large as the disk allows.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Whether opening reads the whole file and checks its structure. Default true.</summary>
    public bool CheckIntegrity { get; init; } = true;

    /// <summary>Everything that is wrong, each with the option's name and what would be right.</summary>
    public IEnumerable<string> Validate()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return $"{nameof(Path)} is empty; it must name a file.";
        }

        if (BusyTimeout <= TimeSpan.Zero || BusyTimeout > TimeSpan.FromMinutes(10))
        {
            yield return $"{nameof(BusyTimeout)} is {BusyTimeout}; it may be more than 0 and at most 10 minutes.";
        }

        if (HistoryLimit < 0)
        {
            yield return $"{nameof(HistoryLimit)} is {HistoryLimit}; it must not be negative.";
        }

        if (MaxBytes is < 65_536)
        {
            yield return $"{nameof(MaxBytes)} is {MaxBytes}; a database needs at least 65,536.";
        }
    }
}
