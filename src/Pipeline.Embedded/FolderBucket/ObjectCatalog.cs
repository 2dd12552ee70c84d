using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>What is known of every object, and the events of every change: a change and its events are one transaction.</summary>
internal sealed class ObjectCatalog : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly ImmutableArray<string> _buckets;
    private readonly TimeProvider _time;

    private ObjectCatalog(SqliteDatabase database, ImmutableArray<string> buckets, TimeProvider time)
    {
        _database = database;
        _buckets = buckets;
        _time = time;
    }

    /// <summary>Raised when this process may have added events.</summary>
    public event Action? EventsAdded;

    /// <exception cref="InvalidDatabaseException">The file is damaged, another program's, or of another format.</exception>
    /// <exception cref="DatabaseException">The file cannot be opened.</exception>
    public static async Task<ObjectCatalog> OpenAsync(FolderLayout layout, FolderBucketOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = new SqliteSettings(layout.DatabasePath, options.BusyTimeout, MaxBytes: null, CheckIntegrity: true);
        var database = SqliteDatabase.Open(settings, ObjectSchema.Current);
        try
        {
            await database.WriteAsync(
                connection =>
                {
                    foreach (var bucket in options.Buckets)
                    {
                        ObjectTables.AddBucket(connection, bucket);
                    }

                    return true;
                },
                cancellationToken).ConfigureAwait(false);
            return new ObjectCatalog(database, options.Buckets, time);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public bool HasBucket(string bucket) => _buckets.Contains(bucket);

    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) => _database.ReadAsync(read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken) => _database.WriteAsync(write, cancellationToken);

    /// <summary>A write that may add events.</summary>
    public async Task<T> ChangeAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        var result = await _database.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        EventsAdded?.Invoke();
        return result;
    }

    public Task<StoredObject?> FindAsync(string bucket, string name, CancellationToken cancellationToken) =>
        ReadAsync(connection => ObjectTables.Find(connection, bucket, name), cancellationToken);

    /// <summary>Makes content the new generation of an object, replacing the one before, with their events.</summary>
    public static StoredObject Replace(SqliteConnection connection, StoredObject? before, StoredObject stored)
    {
        var created = stored.Created;
        ObjectTables.Put(connection, stored);
        EventTables.Add(connection, StorageEventType.Finalized, stored, created);
        if (before is not null)
        {
            EventTables.Add(connection, StorageEventType.Deleted, before, created);
        }

        return stored;
    }

    /// <summary>Removes an object, with its event.</summary>
    public void Remove(SqliteConnection connection, StoredObject stored)
    {
        ObjectTables.Delete(connection, stored.Version.Bucket, stored.Version.Name);
        EventTables.Add(connection, StorageEventType.Deleted, stored, _time.GetUtcNow());
    }

    /// <summary>A new generation of a name: not stored yet.</summary>
    public StoredObject Create(
        SqliteConnection connection, string bucket, string name, ContentFacts content, ObjectDescription description, long modified)
    {
        var generation = ObjectTables.NextGeneration(connection, bucket, _time.GetUtcNow());
        var created = StoreTime.FromMicroseconds(generation);
        return new StoredObject(
            new ObjectVersion(bucket, name, generation), Metageneration: 1, content, description, created, created, modified);
    }

    public void Dispose() => _database.Dispose();
}
