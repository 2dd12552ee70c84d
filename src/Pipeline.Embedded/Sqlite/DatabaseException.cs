using Microsoft.Data.Sqlite;

namespace Pipeline.Embedded.Sqlite;

/// <summary>SQLite did not do what was asked.</summary>
internal sealed class DatabaseException : Exception
{
    public DatabaseException(DatabaseFailure failure, string path, string detail, Exception? innerException = null)
        : base($"Database '{path}': {detail} ({failure}).", innerException)
    {
        Failure = failure;
    }

    public DatabaseFailure Failure { get; }

    /// <summary>Sorts an SQLite error code by what it means for the caller.</summary>
    public static DatabaseException From(SqliteException exception, string path, bool committing)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new DatabaseException(Classify(exception, committing), path, exception.Message, exception);
    }

    private static DatabaseFailure Classify(SqliteException exception, bool committing) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_PROTOCOL => DatabaseFailure.Locked,
        SQLitePCL.raw.SQLITE_FULL => DatabaseFailure.Full,
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH or SQLitePCL.raw.SQLITE_CANTOPEN
            => DatabaseFailure.Denied,
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB => DatabaseFailure.Corrupt,

        // The shared-memory file cannot grow: the usual cause is a full disk.
        SQLitePCL.raw.SQLITE_IOERR when exception.SqliteExtendedErrorCode == SQLitePCL.raw.SQLITE_IOERR_SHMSIZE => DatabaseFailure.Full,
        _ => committing ? DatabaseFailure.CommitUnknown : DatabaseFailure.InputOutput,
    };
}
