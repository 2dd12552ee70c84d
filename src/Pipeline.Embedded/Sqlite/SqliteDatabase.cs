using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Pipeline.Embedded.Sqlite;

/// <summary>
/// One SQLite file, shared by the threads of this process and by other processes: many readers, each on one snapshot, and one writer at a time.
/// A transaction that was reported as committed is on the disk (write-ahead log, synchronous FULL): it survives SIGKILL and loss of power.
/// </summary>
internal sealed partial class SqliteDatabase : IDisposable
{
    private const int MaxReaders = 4;

    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(16);

    private readonly SqliteSettings _settings;
    private readonly SemaphoreSlim _writerTurn = new(1, 1);
    private readonly SemaphoreSlim _readerTurn = new(MaxReaders, MaxReaders);
    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private SqliteConnection? _writer;
    private volatile bool _disposed;

    private SqliteDatabase(SqliteSettings settings)
    {
        _settings = settings;
    }

    /// <summary>Runs a read on one snapshot of the database.</summary>
    /// <exception cref="DatabaseException">SQLite failed.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await _readerTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _readerTurn.Release();
        }
    }

    /// <summary>Runs a write as one transaction. Once begun it is not cancelled, so its outcome is always known.</summary>
    /// <exception cref="DatabaseException">SQLite failed, or the write lock was not free within the busy timeout.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var started = TimeProvider.System.GetTimestamp();
        if (!await _writerTurn.WaitAsync(_settings.BusyTimeout, cancellationToken).ConfigureAwait(false))
        {
            throw Locked();
        }

        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var connection = _writer ??= await Task.Run(OpenConnection, cancellationToken).ConfigureAwait(false);
            await BeginAsync(connection, started, cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Write(connection, write), CancellationToken.None).ConfigureAwait(false);
        }
        catch (SqliteException exception)
        {
            DropWriter();
            throw DatabaseException.From(exception, _settings.Path, committing: false);
        }
        finally
        {
            _writerTurn.Release();
        }
    }

    /// <summary>Waits for the write that is under way. Reads that are close their connections themselves.</summary>
    public void Dispose()
    {
        _disposed = true;
        _writerTurn.Wait();
        try
        {
            DropWriter();
        }
        finally
        {
            _writerTurn.Release();
        }

        while (_idleReaders.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read)
    {
        SqliteConnection? connection = null;
        try
        {
            if (!_idleReaders.TryTake(out connection))
            {
                connection = OpenConnection();
            }

            connection.Execute("BEGIN");
            var result = read(connection);
            connection.Execute("COMMIT");
            Return(connection);
            return result;
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            if (exception is SqliteException sqlite)
            {
                throw DatabaseException.From(sqlite, _settings.Path, committing: false);
            }

            throw;
        }
    }

    private void Return(SqliteConnection reader)
    {
        _idleReaders.Add(reader);
        if (_disposed && _idleReaders.TryTake(out var late))
        {
            late.Dispose();
        }
    }

    /// <summary>Takes the write lock. Waits without holding a thread, so that a waiting write can be cancelled.</summary>
    private async Task BeginAsync(SqliteConnection connection, long started, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(1);
        while (true)
        {
            var code = SQLitePCL.raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE");
            if (code == SQLitePCL.raw.SQLITE_OK)
            {
                return;
            }

            // The low byte is the kind, the rest which one of it.
            var kind = code & 0xFF;
            if (kind != SQLitePCL.raw.SQLITE_BUSY)
            {
                throw new SqliteException(SQLitePCL.raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), kind, code);
            }

            if (TimeProvider.System.GetElapsedTime(started) >= _settings.BusyTimeout)
            {
                throw Locked();
            }

            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            pause = pause < MaxPause ? pause * 2 : MaxPause;
        }
    }

    private T Write<T>(SqliteConnection connection, Func<SqliteConnection, T> write)
    {
        var committing = false;
        try
        {
            var result = write(connection);
            committing = true;
            connection.Execute("COMMIT");
            return result;
        }
        catch (SqliteException exception)
        {
            // Closing rolls back whatever SQLite has not rolled back itself.
            DropWriter();
            throw DatabaseException.From(exception, _settings.Path, committing);
        }
        catch
        {
            connection.Execute("ROLLBACK");
            throw;
        }
    }

    private void DropWriter()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private DatabaseException Locked() => new(
        DatabaseFailure.Locked,
        _settings.Path,
        $"other writers held the lock for more than {_settings.BusyTimeout.TotalSeconds:0.###} s");
}
