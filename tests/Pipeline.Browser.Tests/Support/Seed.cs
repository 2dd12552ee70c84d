using System.Globalization;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Browser.Tests.Support;

/// <summary>Writes results into a running page's store, as another process may.</summary>
internal static class Seed
{
    private const int Batch = 250;

    /// <summary>Classified results <c>archive/00000.jpg</c> and so on, the first the oldest; every tenth is a <c>tripod</c>, the others are daisies.</summary>
    public static async Task ResultsAsync(PageProcess process, int count)
    {
        using var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(Path.Combine(process.Data, "documents.db")), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var numbers in Enumerable.Range(0, count).Chunk(Batch))
        {
            await store.CommitAsync([.. numbers.Select(number => Result(number, now.AddSeconds(number - count)))], TestContext.Current.CancellationToken);
        }
    }

    private static DocumentWrite.Set Result(int number, DateTimeOffset created)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"archive/{number:00000}.jpg");
        var fields = DocumentFields.Empty
            .Add("bucket", "uploads")
            .Add("name", name)
            .Add("generation", 1L)
            .Add("status", "classified")
            .Add("label", number % 10 == 0 ? "tripod" : "daisy")
            .Add("score", 0.75)
            .Add("createdAt", created)
            .Add("updatedAt", created);
        return new DocumentWrite.Set(new DocumentPath("classifications", DocumentIds.FromName(name)), DocumentPrecondition.None, fields, null, []);
    }
}
