namespace Pipeline.Embedded.Sqlite;

/// <summary>Why SQLite did not do what was asked.</summary>
internal enum DatabaseFailure
{
    /// <summary>Another process held the write lock for the whole busy timeout. Nothing was applied.</summary>
    Locked,

    /// <summary>The disk, or the size allowed to the file, is used up. Nothing was applied.</summary>
    Full,

    /// <summary>The file may not be opened, created or written. Nothing was applied.</summary>
    Denied,

    /// <summary>The disk failed before the commit. Nothing was applied.</summary>
    InputOutput,

    /// <summary>The disk failed during the commit: it may have been applied.</summary>
    CommitUnknown,

    /// <summary>The file's content is damaged. Nothing was applied.</summary>
    Corrupt,
}
