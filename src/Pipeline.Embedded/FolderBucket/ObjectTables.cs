using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The statements on the tables of the objects, inside a transaction of the caller.</summary>
internal static class ObjectTables
{
    private const string Columns =
        """
        name, generation, metageneration, size, crc32c, md5, created, updated, modified,
        content_type, content_encoding, cache_control, content_disposition, content_language, metadata
        """;

    public static void AddBucket(SqliteConnection connection, string bucket) =>
        connection.Execute("INSERT INTO buckets (bucket, last_generation) VALUES ($bucket, 0) ON CONFLICT DO NOTHING", ("$bucket", bucket));

    public static StoredObject? Find(SqliteConnection connection, string bucket, string name)
    {
        using var command = connection.Command(
            $"SELECT {Columns} FROM objects WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", Bytes(name)));
        using var reader = command.ExecuteReader();
        return reader.Read() ? ReadObject(reader, bucket) : null;
    }

    public static StoredObject? FindGeneration(SqliteConnection connection, string bucket, long generation)
    {
        using var command = connection.Command(
            $"SELECT {Columns} FROM objects WHERE bucket = $bucket AND generation = $generation", ("$bucket", bucket), ("$generation", generation));
        using var reader = command.ExecuteReader();
        return reader.Read() ? ReadObject(reader, bucket) : null;
    }

    /// <summary>Objects in the order of their names' bytes, from those after a name.</summary>
    public static ImmutableArray<StoredObject> List(SqliteConnection connection, string bucket, NameRange names, string? after, int limit)
    {
        using var command = connection.Command(
            $"""
            SELECT {Columns} FROM objects
            WHERE bucket = $bucket AND name >= $start AND name < $end AND ($after IS NULL OR name > $after)
            ORDER BY name LIMIT $limit
            """,
            ("$bucket", bucket),
            ("$start", names.Start),
            ("$end", names.End),
            ("$after", after is null ? null : Bytes(after)),
            ("$limit", limit));
        using var reader = command.ExecuteReader();
        var objects = ImmutableArray.CreateBuilder<StoredObject>();
        while (reader.Read())
        {
            objects.Add(ReadObject(reader, bucket));
        }

        return objects.ToImmutable();
    }

    /// <summary>A generation that no object of this bucket has had: the time in microseconds, or one more than the last.</summary>
    public static long NextGeneration(SqliteConnection connection, string bucket, DateTimeOffset now)
    {
        var last = connection.Scalar<long>("SELECT last_generation FROM buckets WHERE bucket = $bucket", ("$bucket", bucket));
        var next = Math.Max(StoreTime.ToMicroseconds(now), last + 1);
        connection.Execute("UPDATE buckets SET last_generation = $next WHERE bucket = $bucket", ("$next", next), ("$bucket", bucket));
        return next;
    }

    public static void Put(SqliteConnection connection, StoredObject stored) => connection.Execute(
        $"""
        INSERT OR REPLACE INTO objects (bucket, {Columns})
        VALUES (
            $bucket, $name, $generation, $metageneration, $size, $crc32c, $md5, $created, $updated, $modified,
            $type, $encoding, $cache, $disposition, $language, $metadata)
        """,
        ("$bucket", stored.Version.Bucket),
        ("$name", Bytes(stored.Version.Name)),
        ("$generation", stored.Version.Generation),
        ("$metageneration", stored.Metageneration),
        ("$size", stored.Content.Size),
        ("$crc32c", (long)stored.Content.Crc32C),
        ("$md5", stored.Content.Md5),
        ("$created", StoreTime.ToMicroseconds(stored.Created)),
        ("$updated", StoreTime.ToMicroseconds(stored.Updated)),
        ("$modified", stored.Modified),
        ("$type", stored.Description.ContentType),
        ("$encoding", stored.Description.ContentEncoding),
        ("$cache", stored.Description.CacheControl),
        ("$disposition", stored.Description.ContentDisposition),
        ("$language", stored.Description.ContentLanguage),
        ("$metadata", WriteMetadata(stored.Description.Metadata)));

    public static void Delete(SqliteConnection connection, string bucket, string name) =>
        connection.Execute("DELETE FROM objects WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", Bytes(name)));

    /// <summary>Notes that the file of a name with this stamp is no object any more: it is about to be replaced or removed.</summary>
    public static void PutLeftover(SqliteConnection connection, string bucket, string name, FileStamp stamp) => connection.Execute(
        "INSERT OR REPLACE INTO leftovers (bucket, name, size, modified) VALUES ($bucket, $name, $size, $modified)",
        ("$bucket", bucket),
        ("$name", Bytes(name)),
        ("$size", stamp.Size),
        ("$modified", stamp.Modified));

    public static void DeleteLeftover(SqliteConnection connection, string bucket, string name) =>
        connection.Execute("DELETE FROM leftovers WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", Bytes(name)));

    public static FileStamp? FindLeftover(SqliteConnection connection, string bucket, string name)
    {
        using var command = connection.Command(
            "SELECT size, modified FROM leftovers WHERE bucket = $bucket AND name = $name", ("$bucket", bucket), ("$name", Bytes(name)));
        using var reader = command.ExecuteReader();
        return reader.Read() ? new FileStamp(reader.GetInt64(0), reader.GetInt64(1)) : null;
    }

    public static ImmutableArray<(string Name, FileStamp Stamp)> Leftovers(SqliteConnection connection, string bucket)
    {
        using var command = connection.Command("SELECT name, size, modified FROM leftovers WHERE bucket = $bucket", ("$bucket", bucket));
        using var reader = command.ExecuteReader();
        var leftovers = ImmutableArray.CreateBuilder<(string, FileStamp)>();
        while (reader.Read())
        {
            leftovers.Add((Text(reader, 0), new FileStamp(reader.GetInt64(1), reader.GetInt64(2))));
        }

        return leftovers.ToImmutable();
    }

    public static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(name);

    public static string Text(SqliteDataReader reader, int column) => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column));

    public static string? OptionalText(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static StoredObject ReadObject(SqliteDataReader reader, string bucket) => new(
        new ObjectVersion(bucket, Text(reader, 0), reader.GetInt64(1)),
        reader.GetInt64(2),
        new ContentFacts(reader.GetInt64(3), (uint)reader.GetInt64(4), reader.GetString(5)),
        new ObjectDescription(
            OptionalText(reader, 9), OptionalText(reader, 10), OptionalText(reader, 11), OptionalText(reader, 12), OptionalText(reader, 13))
        {
            Metadata = ReadMetadata(OptionalText(reader, 14)),
        },
        StoreTime.FromMicroseconds(reader.GetInt64(6)),
        StoreTime.FromMicroseconds(reader.GetInt64(7)),
        reader.GetInt64(8));

    private static string? WriteMetadata(CustomMetadata metadata) =>
        metadata.Entries.Count == 0 ? null : JsonSerializer.Serialize(metadata.Entries);

    private static CustomMetadata ReadMetadata(string? text) =>
        text is null ? CustomMetadata.Empty : new CustomMetadata(JsonSerializer.Deserialize<Dictionary<string, string>>(text)!);
}
