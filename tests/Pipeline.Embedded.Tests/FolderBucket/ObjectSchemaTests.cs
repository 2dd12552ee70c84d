using Microsoft.Data.Sqlite;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.Sqlite;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.FolderBucket;

/// <summary>A folder that an older version of the program has filled.</summary>
public sealed class ObjectSchemaTests : IDisposable
{
    /// <summary>What version 1 made of an empty file, and some of what it wrote into it.</summary>
    private const string VersionOne =
        """
        PRAGMA journal_mode = WAL;
        CREATE TABLE buckets (bucket TEXT PRIMARY KEY, last_generation INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE objects (
            bucket TEXT NOT NULL, name BLOB NOT NULL, generation INTEGER NOT NULL, metageneration INTEGER NOT NULL, size INTEGER NOT NULL,
            crc32c INTEGER NOT NULL, md5 TEXT NOT NULL, content_type TEXT, content_encoding TEXT, created INTEGER NOT NULL,
            updated INTEGER NOT NULL, modified INTEGER NOT NULL, PRIMARY KEY (bucket, name)) WITHOUT ROWID;
        CREATE TABLE leftovers (
            bucket TEXT NOT NULL, name BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, PRIMARY KEY (bucket, name)) WITHOUT ROWID;
        CREATE TABLE events (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, type TEXT NOT NULL, bucket TEXT NOT NULL, name BLOB NOT NULL,
            time INTEGER NOT NULL, data BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, due INTEGER NOT NULL,
            dead INTEGER NOT NULL DEFAULT 0, last_error TEXT);
        CREATE INDEX events_due ON events (dead, due);
        PRAGMA application_id = 1349275490;
        PRAGMA user_version = 1;
        INSERT INTO buckets VALUES ('photos', 1900000000000007);
        INSERT INTO objects VALUES (
            'photos', CAST('users/u1/cat.jpg' AS BLOB), 1900000000000007, 3, 9, 3808858755, 'JfnnlDI7RTiF9RgfG2JNCw==', 'image/jpeg', 'gzip',
            1900000000000007, 1900000000000009, 0);
        INSERT INTO events (id, type, bucket, name, time, data, attempts, due, last_error) VALUES (
            'e1', 'google.cloud.storage.object.v1.finalized', 'photos', CAST('users/u1/cat.jpg' AS BLOB), 1900000000000007,
            CAST('{"generation":"1900000000000007"}' AS BLOB), 2, 5, 'the worker answered 503');
        """;

    private readonly FolderFixture _folder = new();

    private string DatabasePath => Path.Combine(_folder.Options.Root, ".pipeline", "objects.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_FolderOfVersionOne_KeepsObjectsEventsAndGenerations()
    {
        Directory.CreateDirectory(_folder.ContentPath);
        await File.WriteAllTextAsync(Path.Combine(_folder.ContentPath, "1900000000000007"), "123456789", TestContext.Current.CancellationToken);
        Execute(VersionOne);

        using (var reader = await _folder.OpenReaderAsync())
        {
            var metadata = (await reader.FindLiveAsync(FolderFixture.Bucket, "users/u1/cat.jpg", TestContext.Current.CancellationToken))!;
            Assert.Equal((3, 9, "image/jpeg", "gzip"), (metadata.Metageneration, metadata.Size, metadata.ContentType, metadata.ContentEncoding));
        }

        using var writer = await _folder.OpenAsync();
        var stored = (await writer.FindAsync("users/u1/cat.jpg"))!;
        Assert.Equal(CustomMetadata.Empty, stored.Description.Metadata);
        var due = Assert.Single(await writer.Catalog.ReadAsync(
            connection => EventTables.Due(connection, DateTimeOffset.UnixEpoch.AddYears(100), 10), TestContext.Current.CancellationToken));
        Assert.Equal(("e1", 2, "the worker answered 503"), (due.Id, due.Attempts, due.LastError));
        Assert.Equal(1_900_000_000_000_008, (await writer.PutAsync("new", "x")).Version.Generation);
    }

    [Fact]
    public async Task OpenAsync_FolderOfVersionOne_EndsWithTheTablesOfANewOne()
    {
        Execute(VersionOne);
        (await _folder.OpenAsync()).Dispose();
        using var fresh = new FolderFixture();
        (await fresh.OpenAsync()).Dispose();

        Assert.Equal(
            Columns(Path.Combine(fresh.Options.Root, ".pipeline", "objects.db")),
            Columns(DatabasePath));
    }

    [Fact]
    public async Task OpenAsync_SeveralAtOnceOnAFolderOfVersionOne_EachFindsIt()
    {
        Execute(VersionOne);

        var readers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(_folder.OpenReaderAsync)));

        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        Assert.Equal(ObjectSchema.Current.Version, Assert.IsType<long>(Execute("PRAGMA user_version")));
    }

    [Fact]
    public async Task OpenAsync_StepFails_FileStaysAsItWas()
    {
        // The name that the step wants to take is taken.
        Execute(VersionOne + "CREATE TABLE sessions (mine TEXT)");

        await Assert.ThrowsAnyAsync<Exception>(_folder.OpenAsync);

        Assert.Equal(1L, Execute("PRAGMA user_version"));
        Assert.Equal(12L, Execute("SELECT count(*) FROM pragma_table_info('objects')"));
    }

    [Fact]
    public async Task OpenAsync_NewerFormat_IsRefused()
    {
        (await _folder.OpenAsync()).Dispose();
        Execute("PRAGMA user_version = 99");

        var failure = await Assert.ThrowsAsync<InvalidDatabaseException>(_folder.OpenAsync);

        Assert.Contains("format 99", failure.Message, StringComparison.Ordinal);
    }

    private static List<string> Columns(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.Command(
            "SELECT m.name, c.name, c.type, c.[notnull], c.dflt_value, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid");
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return columns;
    }

    private object? Execute(string sql)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.Command(sql);
        return command.ExecuteScalar();
    }
}
