using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.Tests.Sqlite;

public sealed class DatabaseExceptionTests
{
    // Codes of sqlite3.h: BUSY, LOCKED, PROTOCOL, FULL, READONLY, PERM, AUTH, CANTOPEN, CORRUPT, NOTADB, IOERR.
    [Theory]
    [InlineData(5, 5, DatabaseFailure.Locked)]
    [InlineData(5, 261, DatabaseFailure.Locked)]
    [InlineData(6, 6, DatabaseFailure.Locked)]
    [InlineData(15, 15, DatabaseFailure.Locked)]
    [InlineData(13, 13, DatabaseFailure.Full)]
    [InlineData(10, 4874, DatabaseFailure.Full)]
    [InlineData(8, 8, DatabaseFailure.Denied)]
    [InlineData(8, 1032, DatabaseFailure.Denied)]
    [InlineData(3, 3, DatabaseFailure.Denied)]
    [InlineData(23, 23, DatabaseFailure.Denied)]
    [InlineData(14, 14, DatabaseFailure.Denied)]
    [InlineData(11, 11, DatabaseFailure.Corrupt)]
    [InlineData(26, 26, DatabaseFailure.Corrupt)]
    [InlineData(10, 266, DatabaseFailure.InputOutput)]
    internal void From_Code_SaysWhatItMeans(int code, int extended, DatabaseFailure expected)
    {
        Assert.Equal(expected, DatabaseException.From(new SqliteException("x", code, extended), "documents.db", committing: false).Failure);
    }

    [Theory]
    [InlineData(10, 1034, DatabaseFailure.CommitUnknown)]
    [InlineData(13, 13, DatabaseFailure.Full)]
    internal void From_CodeOfACommit_IsUnknownWhereTheDiskFailed(int code, int extended, DatabaseFailure expected)
    {
        Assert.Equal(expected, DatabaseException.From(new SqliteException("x", code, extended), "documents.db", committing: true).Failure);
    }
}
