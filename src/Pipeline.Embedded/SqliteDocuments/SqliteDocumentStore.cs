using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>
/// Documents in an SQLite file, with Firestore's semantics. Several processes may share the file: one commits at a time, reads never wait.
/// A commit that was answered survives SIGKILL and loss of power.
/// </summary>
public sealed partial class SqliteDocumentStore : IDocumentStore, IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteDocumentStoreOptions _options;
    private readonly TimeProvider _time;

    private SqliteDocumentStore(SqliteDatabase database, SqliteDocumentStoreOptions options, TimeProvider time)
    {
        _database = database;
        _options = options;
        _time = time;
    }

    /// <summary>Opens the file, and creates it where there is none.</summary>
    /// <exception cref="ArgumentException">The options are wrong; the message names everything.</exception>
    /// <exception cref="InvalidDatabaseException">The file is damaged, another program's, or of another format.</exception>
    /// <exception cref="DocumentStoreException">The file cannot be opened: locked, not allowed, or the disk is full.</exception>
    public static SqliteDocumentStore Open(SqliteDocumentStoreOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var faults = options.Validate().ToArray();
        if (faults.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }

        try
        {
            var settings = new SqliteSettings(options.Path, options.BusyTimeout, options.MaxBytes, options.CheckIntegrity);
            return new SqliteDocumentStore(SqliteDatabase.Open(settings, DocumentSchema.Current), options, time);
        }
        catch (DatabaseException exception)
        {
            throw Translate(exception, "open", options.Path);
        }
    }

    public Task<DocumentReadResult> GetAsync(IReadOnlyList<DocumentPath> paths, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(paths);
        return ReadAsync(
            "get",
            connection =>
            {
                var readTime = ReadTime(connection);
                return new DocumentReadResult(readTime, [.. paths.Select(path => DocumentTables.Find(connection, path))]);
            },
            cancellationToken);
    }

    public Task<DocumentReadResult> QueryAsync(DocumentQuery query, CancellationToken cancellationToken)
    {
        DocumentRequests.Check(query);
        return ReadAsync(
            "query",
            connection =>
            {
                var readTime = ReadTime(connection);
                return new DocumentReadResult(readTime, DocumentQueries.Run(connection, query));
            },
            cancellationToken);
    }

    /// <summary>Changes in the order in which they were committed, as far as the history still holds them.</summary>
    /// <param name="afterSequence">The last change already seen, or 0.</param>
    /// <param name="limit">At most this many, at least 1.</param>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public Task<ImmutableArray<DocumentChange>> ReadHistoryAsync(long afterSequence, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return ReadAsync("query", connection => DocumentTables.History(connection, afterSequence, limit), cancellationToken);
    }

    /// <summary>The sequence of the last change ever made, also where the history no longer holds it; 0 where there was none.</summary>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public Task<long> ReadNewestSequenceAsync(CancellationToken cancellationToken) => ReadAsync("query", DocumentTables.NewestSequence, cancellationToken);

    /// <summary>Reads the whole file and checks its structure.</summary>
    /// <returns>Null where all is well, else the first fault found.</returns>
    /// <exception cref="DocumentStoreException">No answer.</exception>
    public Task<string?> FindDamageAsync(CancellationToken cancellationToken) => ReadAsync("query", SqliteDatabase.FindDamage, cancellationToken);

    public void Dispose() => _database.Dispose();

    private static DocumentStoreException Translate(DatabaseException exception, string operation, string path) => exception.Failure switch
    {
        DatabaseFailure.Full => new DocumentStoreException(DocumentStoreError.ResourceExhausted, operation, exception.Message, exception),
        DatabaseFailure.Denied => new DocumentStoreException(DocumentStoreError.PermissionDenied, operation, exception.Message, exception),
        DatabaseFailure.CommitUnknown => new DocumentStoreException(DocumentStoreError.UnknownOutcome, operation, exception.Message, exception),
        DatabaseFailure.Corrupt => Damaged(operation, path, exception),
        _ => new DocumentStoreException(DocumentStoreError.Unavailable, operation, exception.Message, exception),
    };

    /// <summary>Nothing is lost while a damaged file is repaired: to the caller the store is out of reach.</summary>
    private static DocumentStoreException Damaged(string operation, string path, Exception exception) => new(
        DocumentStoreError.Unavailable,
        operation,
        "the database is damaged and must be repaired or replaced.",
        new InvalidDatabaseException(path, exception.Message, exception));

    private async Task<T> ReadAsync<T>(string operation, Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ReadAsync(read, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException exception)
        {
            throw Translate(exception, operation, _options.Path);
        }
        catch (JsonException exception)
        {
            throw Damaged(operation, _options.Path, exception);
        }
    }

    /// <summary>Read first in a transaction: it fixes the snapshot that everything after it sees.</summary>
    private DateTimeOffset ReadTime(SqliteConnection connection) =>
        StoreTime.FromMicroseconds(Math.Max(DocumentTables.LastCommit(connection), StoreTime.ToMicroseconds(_time.GetUtcNow())));
}
