using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The statements on the outbox, inside a transaction of the caller.</summary>
internal static class EventTables
{
    /// <summary>What the data's links begin with in the platform's own events.</summary>
    private const string LinkBase = "https://www.googleapis.com";

    /// <summary>Records an event that is due at once.</summary>
    public static void Add(SqliteConnection connection, string type, StoredObject stored, DateTimeOffset time) => connection.Execute(
        "INSERT INTO events (id, type, bucket, name, time, data, due) VALUES ($id, $type, $bucket, $name, $time, $data, 0)",
        ("$id", Guid.NewGuid().ToString("N")),
        ("$type", type),
        ("$bucket", stored.Version.Bucket),
        ("$name", ObjectTables.Bytes(stored.Version.Name)),
        ("$time", StoreTime.ToMicroseconds(time)),
        ("$data", ObjectResource.Write(stored, LinkBase, type == StorageEventType.Deleted ? time : null)));

    /// <summary>Events that may be sent now, the longest due first.</summary>
    public static ImmutableArray<StoredEvent> Due(SqliteConnection connection, DateTimeOffset now, int limit) => Read(
        connection, "dead = 0 AND due <= $now ORDER BY due, sequence LIMIT $limit", ("$now", StoreTime.ToMicroseconds(now)), ("$limit", limit));

    /// <summary>Events that were given up, the oldest first.</summary>
    public static ImmutableArray<StoredEvent> Dead(SqliteConnection connection, int limit) =>
        Read(connection, "dead = 1 ORDER BY sequence LIMIT $limit", ("$limit", limit));

    /// <summary>When the next event that is not due yet will be, or null where none waits.</summary>
    public static DateTimeOffset? NextDueAfter(SqliteConnection connection, DateTimeOffset now) =>
        connection.Scalar<object>("SELECT min(due) FROM events WHERE dead = 0 AND due > $now", ("$now", StoreTime.ToMicroseconds(now))) is long due
            ? StoreTime.FromMicroseconds(due)
            : null;

    public static (long Waiting, long Dead) Count(SqliteConnection connection) => (
        connection.Scalar<long>("SELECT count(*) FROM events WHERE dead = 0"),
        connection.Scalar<long>("SELECT count(*) FROM events WHERE dead = 1"));

    public static int Delete(SqliteConnection connection, long sequence) =>
        connection.Execute("DELETE FROM events WHERE sequence = $sequence", ("$sequence", sequence));

    /// <summary>Notes a failed delivery: due again, or given up.</summary>
    public static int Fail(SqliteConnection connection, long sequence, string error, DateTimeOffset due, bool dead) => connection.Execute(
        "UPDATE events SET attempts = attempts + 1, last_error = $error, due = $due, dead = $dead WHERE sequence = $sequence",
        ("$error", error),
        ("$due", StoreTime.ToMicroseconds(due)),
        ("$dead", dead ? 1 : 0),
        ("$sequence", sequence));

    /// <summary>Makes an event that was given up due at once.</summary>
    public static int Revive(SqliteConnection connection, string id) =>
        connection.Execute("UPDATE events SET dead = 0, due = 0 WHERE dead = 1 AND id = $id", ("$id", id));

    /// <summary>Deletes an event that was given up.</summary>
    public static int Forget(SqliteConnection connection, string id) =>
        connection.Execute("DELETE FROM events WHERE dead = 1 AND id = $id", ("$id", id));

    private static ImmutableArray<StoredEvent> Read(
        SqliteConnection connection, string condition, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(
            $"SELECT sequence, id, type, bucket, name, time, data, attempts, last_error FROM events WHERE {condition}", parameters);
        using var reader = command.ExecuteReader();
        var events = ImmutableArray.CreateBuilder<StoredEvent>();
        while (reader.Read())
        {
            events.Add(new StoredEvent(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                ObjectTables.Text(reader, 4),
                StoreTime.FromMicroseconds(reader.GetInt64(5)),
                reader.GetFieldValue<byte[]>(6),
                reader.GetInt32(7),
                ObjectTables.OptionalText(reader, 8)));
        }

        return events.ToImmutable();
    }
}
