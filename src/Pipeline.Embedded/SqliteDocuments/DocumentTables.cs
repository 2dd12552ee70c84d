using System.Collections.Immutable;
using System.Text;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>The statements on the tables of the documents, inside a transaction of the caller.</summary>
internal static class DocumentTables
{
    private const string Columns = "CAST(d.id AS BLOB), d.fields, d.create_time, d.update_time";

    public static long LastCommit(SqliteConnection connection) => connection.Scalar<long>("SELECT last_commit FROM clock");

    public static void SetLastCommit(SqliteConnection connection, long time) =>
        connection.Execute("UPDATE clock SET last_commit = $time", ("$time", time));

    public static DocumentSnapshot Find(SqliteConnection connection, DocumentPath path)
    {
        using var command = connection.Command(
            $"SELECT {Columns} FROM documents d WHERE d.collection = $collection AND d.id = $id", ("$collection", path.Collection), ("$id", path.Id));
        using var reader = command.ExecuteReader();
        return reader.Read() ? ReadSnapshot(reader, path.Collection) : new DocumentSnapshot(path, null, default, default);
    }

    /// <summary>Documents of a collection in the order of their ids.</summary>
    public static IEnumerable<DocumentSnapshot> Scan(SqliteConnection connection, DocumentQuery query, bool descending, string? startAfterId)
    {
        var (direction, after) = descending ? ("DESC", "<") : ("ASC", ">");
        var start = startAfterId is null ? string.Empty : $"AND d.id {after} $start";
        return Stream(
            connection,
            query.Collection,
            $"SELECT {Columns} FROM documents d WHERE d.collection = $collection {start} ORDER BY d.id {direction}",
            ("$start", startAfterId));
    }

    /// <summary>Documents in a part of an index, in its order.</summary>
    public static IEnumerable<DocumentSnapshot> Scan(SqliteConnection connection, DocumentQuery query, IndexRange range)
    {
        var (direction, after) = query.Descending ? ("DESC", "<") : ("ASC", ">");
        var start = range.StartAfter is null ? string.Empty : $"AND (e.key, e.id) {after} ($startKey, $start)";
        return Stream(
            connection,
            query.Collection,
            $"""
            SELECT {Columns} FROM index_entries e JOIN documents d ON d.collection = e.collection AND d.id = e.id
            WHERE e.collection = $collection AND e.number = $number AND e.key >= $from AND e.key < $to {start}
            ORDER BY e.key {direction}, e.id {direction}
            """,
            ("$number", range.Index.Number),
            ("$from", range.From),
            ("$to", range.To),
            ("$startKey", range.StartAfter),
            ("$start", query.StartAfter?.Path.Id));
    }

    public static void Put(SqliteConnection connection, DocumentSnapshot before, DocumentSnapshot after)
    {
        var fields = Encoding.UTF8.GetString(DocumentJson.Write(after.Fields!));
        connection.Execute(
            """
            INSERT INTO documents (collection, id, fields, create_time, update_time) VALUES ($collection, $id, $fields, $created, $updated)
            ON CONFLICT (collection, id) DO UPDATE SET fields = excluded.fields, update_time = excluded.update_time
            """,
            ("$collection", after.Path.Collection),
            ("$id", after.Path.Id),
            ("$fields", fields),
            ("$created", StoreTime.ToMicroseconds(after.CreateTime)),
            ("$updated", StoreTime.ToMicroseconds(after.UpdateTime)));
        Reindex(connection, after.Path, before.Fields, after.Fields);
        Record(connection, after.Path, after.UpdateTime, fields);
    }

    public static void Delete(SqliteConnection connection, DocumentSnapshot before, DateTimeOffset time)
    {
        connection.Execute(
            "DELETE FROM documents WHERE collection = $collection AND id = $id", ("$collection", before.Path.Collection), ("$id", before.Path.Id));
        Reindex(connection, before.Path, before.Fields, null);
        Record(connection, before.Path, time, null);
    }

    public static void TrimHistory(SqliteConnection connection, int limit) =>
        connection.Execute("DELETE FROM history WHERE sequence <= (SELECT max(sequence) FROM history) - $limit", ("$limit", limit));

    /// <summary>The last change ever made, also where the history no longer holds it; 0 where there was none.</summary>
    public static long NewestSequence(SqliteConnection connection) => connection.Scalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'history'");

    public static ImmutableArray<DocumentChange> History(SqliteConnection connection, long after, int limit)
    {
        using var command = connection.Command(
            """
            SELECT sequence, commit_time, collection, CAST(id AS BLOB), fields FROM history
            WHERE sequence > $after ORDER BY sequence LIMIT $limit
            """,
            ("$after", after),
            ("$limit", limit));
        using var reader = command.ExecuteReader();
        var changes = ImmutableArray.CreateBuilder<DocumentChange>();
        while (reader.Read())
        {
            changes.Add(new DocumentChange(
                reader.GetInt64(0),
                StoreTime.FromMicroseconds(reader.GetInt64(1)),
                new DocumentPath(reader.GetString(2), ReadId(reader, 3)),
                reader.IsDBNull(4) ? null : DocumentJson.Read(Encoding.UTF8.GetBytes(reader.GetString(4)))));
        }

        return changes.ToImmutable();
    }

    private static IEnumerable<DocumentSnapshot> Stream(
        SqliteConnection connection, string collection, string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = connection.Command(sql, [("$collection", collection), .. parameters]);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return ReadSnapshot(reader, collection);
        }
    }

    private static DocumentSnapshot ReadSnapshot(SqliteDataReader reader, string collection) => new(
        new DocumentPath(collection, ReadId(reader, 0)),
        DocumentJson.Read(Encoding.UTF8.GetBytes(reader.GetString(1))),
        StoreTime.FromMicroseconds(reader.GetInt64(2)),
        StoreTime.FromMicroseconds(reader.GetInt64(3)));

    /// <summary>Ids may hold a zero character, at which SQLite's text functions would stop.</summary>
    private static string ReadId(SqliteDataReader reader, int column) => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column));

    private static void Reindex(
        SqliteConnection connection,
        DocumentPath path,
        ImmutableSortedDictionary<string, DocumentValue>? before,
        ImmutableSortedDictionary<string, DocumentValue>? after)
    {
        foreach (var index in DocumentIndex.All)
        {
            var old = before is null ? null : index.FindKey(before);
            var key = after is null ? null : index.FindKey(after);
            if (old.AsSpan().SequenceEqual(key))
            {
                continue;
            }

            if (old is not null)
            {
                Change(connection, "DELETE FROM index_entries WHERE collection = $collection AND number = $number AND key = $key AND id = $id", index, path, old);
            }

            if (key is not null)
            {
                Change(connection, "INSERT INTO index_entries (collection, number, key, id) VALUES ($collection, $number, $key, $id)", index, path, key);
            }
        }
    }

    private static void Change(SqliteConnection connection, string sql, DocumentIndex index, DocumentPath path, byte[] key) =>
        connection.Execute(sql, ("$collection", path.Collection), ("$number", index.Number), ("$key", key), ("$id", path.Id));

    private static void Record(SqliteConnection connection, DocumentPath path, DateTimeOffset time, string? fields) =>
        connection.Execute(
            "INSERT INTO history (commit_time, collection, id, fields) VALUES ($time, $collection, $id, $fields)",
            ("$time", StoreTime.ToMicroseconds(time)),
            ("$collection", path.Collection),
            ("$id", path.Id),
            ("$fields", fields));
}
