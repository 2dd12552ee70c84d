using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pipeline.Embedded.Sqlite;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>The statements on the uploads in pieces, inside a transaction of the caller.</summary>
internal static class SessionTables
{
    public static void Add(SqliteConnection connection, UploadSession session) => connection.Execute(
        "INSERT INTO sessions (id, upload, total, protocol, expires) VALUES ($id, $upload, $total, $protocol, $expires)",
        ("$id", session.Id),
        ("$upload", JsonSerializer.Serialize(session.Upload)),
        ("$total", session.Total),
        ("$protocol", (long)session.Protocol),
        ("$expires", StoreTime.ToMicroseconds(session.Expires)));

    public static UploadSession? Find(SqliteConnection connection, string id)
    {
        using var command = connection.Command("SELECT upload, total, protocol, last_piece, expires, generation FROM sessions WHERE id = $id", ("$id", id));
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new UploadSession(
                id,
                JsonSerializer.Deserialize<ObjectUpload>(reader.GetString(0))!,
                reader.IsDBNull(1) ? null : reader.GetInt64(1),
                (UploadProtocol)reader.GetInt64(2),
                reader.GetInt64(3),
                StoreTime.FromMicroseconds(reader.GetInt64(4)),
                reader.IsDBNull(5) ? null : reader.GetInt64(5))
            : null;
    }

    /// <summary>How many are unfinished and in time.</summary>
    public static long CountOpen(SqliteConnection connection, DateTimeOffset now) => connection.Scalar<long>(
        "SELECT count(*) FROM sessions WHERE generation IS NULL AND expires > $now", ("$now", StoreTime.ToMicroseconds(now)));

    public static ImmutableArray<string> Expired(SqliteConnection connection, DateTimeOffset now) =>
        Ids(connection, "SELECT id FROM sessions WHERE expires <= $now", ("$now", StoreTime.ToMicroseconds(now)));

    public static ImmutableArray<string> All(SqliteConnection connection) => Ids(connection, "SELECT id FROM sessions");

    public static void BeginPiece(SqliteConnection connection, string id, long offset) =>
        connection.Execute("UPDATE sessions SET last_piece = $offset WHERE id = $id", ("$offset", offset), ("$id", id));

    public static void Finish(SqliteConnection connection, string id, long generation) =>
        connection.Execute("UPDATE sessions SET generation = $generation WHERE id = $id", ("$generation", generation), ("$id", id));

    public static void Delete(SqliteConnection connection, string id) => connection.Execute("DELETE FROM sessions WHERE id = $id", ("$id", id));

    private static ImmutableArray<string> Ids(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var ids = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            ids.Add(reader.GetString(0));
        }

        return ids.ToImmutable();
    }
}
