using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Embedded.FolderBucket;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Support;

internal static class ChildTasks
{
    public const int Claims = 200;
    public const int Increments = 250;

    public static async Task RunAsync(ChildTask task, string path)
    {
        if (task == ChildTask.Upload)
        {
            await UploadAsync(path);
            return;
        }

        using var store = SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(path), TimeProvider.System);
        switch (task)
        {
            case ChildTask.WritePairs:
                await WritePairsAsync(store);
                break;
            case ChildTask.Claim:
                Console.WriteLine(await ClaimAsync(store, Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture)));
                break;
            case ChildTask.Increment:
                await IncrementAsync(store, Increments);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(task), task, "This task is not known.");
        }
    }

    public static async Task<int> ClaimAsync(IDocumentStore store, string claimant)
    {
        var won = 0;
        for (var index = 0; index < Claims; index++)
        {
            var outcome = await store.CommitAsync(
                [Documents.Set($"claims/c{index}", DocumentPrecondition.MustNotExist, ("claimId", claimant))], CancellationToken.None);
            won += outcome is CommitOutcome.Committed ? 1 : 0;
        }

        return won;
    }

    /// <summary>Read, compare and set, until it took.</summary>
    public static async Task IncrementAsync(IDocumentStore store, int times)
    {
        var path = Documents.Path("counters/c");
        for (var done = 0; done < times;)
        {
            var current = (await store.GetAsync([path], CancellationToken.None)).Documents[0];
            var next = ((DocumentValue.IntegerValue)current.Fields!["n"]).Value + 1;
            var outcome = await store.CommitAsync(
                [Documents.Set("counters/c", DocumentPrecondition.LastUpdated(current.UpdateTime), ("n", next))], CancellationToken.None);
            done += outcome is CommitOutcome.Committed ? 1 : 0;
        }
    }

    /// <summary>Prints <c>generation name</c> of what was stored, and <c>0 name</c> of what was deleted.</summary>
    private static async Task UploadAsync(string root)
    {
        var options = new FolderBucketOptions(root, [FolderFixture.Bucket]);
        using var writer = await FolderObjectWriter.OpenAsync(
            options, TimeProvider.System, NullLogger<FolderObjectWriter>.Instance, CancellationToken.None);
        for (var number = 0; ; number++)
        {
            var name = number % 3 == 0 ? $"users/u{number % 7}/cat.jpg" : $"../not/plain/{number % 5}";
            var body = new MemoryStream(FolderFixture.Bytes($"{name} number {number}"));
            var stored = await writer.UploadAsync(FolderFixture.Upload(name), body, null, CancellationToken.None);
            Console.WriteLine($"{stored.Version.Generation} {name}");
            if (number % 4 == 0)
            {
                await writer.DeleteAsync(FolderFixture.Bucket, name, null, GenerationConditions.None, CancellationToken.None);
                Console.WriteLine($"0 {name}");
            }
        }
    }

    private static async Task WritePairsAsync(SqliteDocumentStore store)
    {
        var left = (await store.GetAsync([Documents.Path("pairs/left")], CancellationToken.None)).Documents[0];
        var number = left.Fields is null ? 0 : ((DocumentValue.IntegerValue)left.Fields["n"]).Value;
        while (true)
        {
            number++;
            await store.CommitAsync(
                [
                    Documents.Set("pairs/left", DocumentPrecondition.None, ("n", number), ("state", "due"), ("dueAt", DateTimeOffset.UnixEpoch)),
                    Documents.Set("pairs/right", DocumentPrecondition.None, ("n", number)),
                ],
                CancellationToken.None);
            Console.WriteLine(number);
        }
    }
}
