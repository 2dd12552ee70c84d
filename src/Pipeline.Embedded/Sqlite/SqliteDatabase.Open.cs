using Microsoft.Data.Sqlite;

namespace Pipeline.Embedded.Sqlite;

internal sealed partial class SqliteDatabase
{
    /// <summary>Opens a database, and creates it where there is none.</summary>
    /// <exception cref="InvalidDatabaseException">The file is damaged, another program's, or newer than this program.</exception>
    /// <exception cref="DatabaseException">The file cannot be opened.</exception>
    public static SqliteDatabase Open(SqliteSettings settings, SqliteSchema schema)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(schema);
        CreateFolder(settings.Path);
        var database = new SqliteDatabase(settings);
        try
        {
            var connection = database.OpenConnection();
            database._writer = connection;
            database.Prepare(connection, schema);
            return database;
        }
        catch (SqliteException exception)
        {
            database.Dispose();
            throw Translate(exception, settings.Path);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Reads the whole file and compares its structure.</summary>
    /// <returns>Null where all is well, else the first fault found.</returns>
    public static string? FindDamage(SqliteConnection connection)
    {
        var answer = connection.Scalar<string>("PRAGMA quick_check(1)");
        return answer == "ok" ? null : answer;
    }

    private static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException(DatabaseFailure.Denied, path, $"its folder cannot be created: {exception.Message}", exception);
        }
    }

    private static Exception Translate(SqliteException exception, string path)
    {
        var failure = DatabaseException.From(exception, path, committing: false);
        return failure.Failure == DatabaseFailure.Corrupt ? new InvalidDatabaseException(path, exception.Message, exception) : failure;
    }

    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    private SqliteConnection OpenConnection()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _settings.Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA journal_size_limit = 16777216");
            if (_settings.MaxBytes is { } maxBytes)
            {
                var pageSize = connection.Scalar<long>("PRAGMA page_size");
                connection.Execute($"PRAGMA max_page_count = {Math.Max(1, maxBytes / pageSize)}");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Prepare(SqliteConnection connection, SqliteSchema schema)
    {
        // Creation takes locks that a bound wait in SQLite itself handles best: several processes may start at once.
        connection.Execute($"PRAGMA busy_timeout = {(long)_settings.BusyTimeout.TotalMilliseconds}");
        CheckOwner(connection, schema, allowOlder: true);
        var mode = connection.Scalar<string>("PRAGMA journal_mode = WAL");
        if (mode != "wal")
        {
            throw new InvalidDatabaseException(
                _settings.Path, $"its file system does not allow a write-ahead log (mode '{mode}'). Put it on a local disk.");
        }

        if (_settings.CheckIntegrity && FindDamage(connection) is { } damage)
        {
            throw new InvalidDatabaseException(
                _settings.Path, $"it is damaged ({damage}). Restore a copy, or move it away to start with an empty one.");
        }

        if (connection.Scalar<long>("PRAGMA user_version") < schema.Version)
        {
            BringUpToDate(connection, schema);
        }

        CheckOwner(connection, schema, allowOlder: false);
        connection.Execute("PRAGMA busy_timeout = 0");
    }

    /// <summary>Takes the steps that the file has not had, all or none, unless another process has done so by now.</summary>
    private static void BringUpToDate(SqliteConnection connection, SqliteSchema schema)
    {
        connection.Execute("BEGIN IMMEDIATE");
        var version = (int)connection.Scalar<long>("PRAGMA user_version");
        foreach (var step in schema.Steps.Skip(version))
        {
            connection.Execute(step);
        }

        if (version < schema.Version)
        {
            connection.Execute($"PRAGMA application_id = {schema.ApplicationId}; PRAGMA user_version = {schema.Version}");
        }

        connection.Execute("COMMIT");
    }

    private void CheckOwner(SqliteConnection connection, SqliteSchema schema, bool allowOlder)
    {
        // On one snapshot: another process may be creating the tables just now.
        connection.Execute("BEGIN");
        var tables = connection.Scalar<long>("SELECT count(*) FROM sqlite_schema");
        var version = connection.Scalar<long>("PRAGMA user_version");
        var owner = connection.Scalar<long>("PRAGMA application_id");
        connection.Execute("COMMIT");
        if (allowOlder && version == 0 && owner == 0 && tables == 0)
        {
            return;
        }

        if (owner != schema.ApplicationId)
        {
            throw new InvalidDatabaseException(
                _settings.Path, $"it holds something else than {schema.Name} (application id {owner}, expected {schema.ApplicationId}).");
        }

        if (version != schema.Version && !(allowOlder && version > 0 && version < schema.Version))
        {
            throw new InvalidDatabaseException(
                _settings.Path, $"its {schema.Name} have format {version}, this program reads up to format {schema.Version}.");
        }
    }
}
