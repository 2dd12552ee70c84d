using Microsoft.Data.Sqlite;

namespace Pipeline.Clients.Tests.Support;

/// <summary>What a run's data folder says of the events that it has recorded, delivered or not.</summary>
internal static class Outbox
{
    /// <summary>How many events there ever were.</summary>
    public static async Task<long> CountAsync(string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "buckets", ".pipeline", "objects.db")};Pooling=False;Mode=ReadWrite");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq FROM sqlite_sequence WHERE name = 'events'";
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is long count ? count : 0;
    }
}
