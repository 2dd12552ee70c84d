using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Support;

internal static class FolderObjectWriterExtensions
{
    public static Task<StoredObject> PutAsync(this FolderObjectWriter writer, string name, string content, GenerationConditions? conditions = null) =>
        writer.UploadAsync(
            FolderFixture.Upload(name, conditions), new MemoryStream(FolderFixture.Bytes(content)), null, TestContext.Current.CancellationToken);

    public static Task DeleteAsync(this FolderObjectWriter writer, string name) =>
        writer.DeleteAsync(FolderFixture.Bucket, name, null, GenerationConditions.None, TestContext.Current.CancellationToken);

    public static async Task<string> ReadAsync(this FolderObjectWriter writer, StoredObject stored) => System.Text.Encoding.UTF8.GetString(
        (await writer.Objects.DownloadAsync(stored.Version, 1 << 20, TestContext.Current.CancellationToken)).Span);

    public static Task<StoredObject?> FindAsync(this FolderObjectWriter writer, string name) =>
        writer.FindAsync(FolderFixture.Bucket, name, TestContext.Current.CancellationToken);

    /// <summary>Events in the order in which they were recorded, as <c>verb name#generation</c>.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(this FolderObjectWriter writer)
    {
        var events = await writer.Catalog.ReadAsync(
            connection => EventTables.Due(connection, DateTimeOffset.UnixEpoch.AddYears(1000), 10_000), TestContext.Current.CancellationToken);
        return [.. events.OrderBy(stored => stored.Sequence).Select(stored => $"{stored.Type.Split('.')[^1]} {stored.Name}#{Generation(stored)}")];
    }

    private static string Generation(StoredEvent stored)
    {
        using var data = System.Text.Json.JsonDocument.Parse(stored.Data);
        return data.RootElement.GetProperty("generation").GetString()!;
    }
}
