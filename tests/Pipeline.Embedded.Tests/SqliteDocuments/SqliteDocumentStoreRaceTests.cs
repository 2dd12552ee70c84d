using System.Globalization;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

public sealed class SqliteDocumentStoreRaceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string DatabasePath => _folder["documents.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_TwoProcessesClaimTheSame_EachClaimIsWonOnce()
    {
        using var store = Open();
        using var child = ChildProcess.Start(ChildTask.Claim, DatabasePath);
        using var other = ChildProcess.Start(ChildTask.Claim, DatabasePath);

        var won = new[] { child, other }.Select(async process => int.Parse(await process.Output.ReadToEndAsync(), CultureInfo.InvariantCulture));

        Assert.Equal(ChildTasks.Claims, (await Task.WhenAll(won)).Sum());
        var changes = await store.ReadHistoryAsync(0, 1000, TestContext.Current.CancellationToken);
        Assert.Equal(ChildTasks.Claims, changes.Length);
        Assert.Equal(ChildTasks.Claims, changes.DistinctBy(change => change.Path).Count());
    }

    [Fact]
    public async Task CommitAsync_TwoProcessesIncrement_NoIncrementIsLost()
    {
        using var store = Open();
        await store.CommitAsync(Documents.Set("counters/c", DocumentPrecondition.None, ("n", 0L)));
        using var child = ChildProcess.Start(ChildTask.Increment, DatabasePath);
        using var other = ChildProcess.Start(ChildTask.Increment, DatabasePath);

        Assert.All(await Task.WhenAll(child.WaitAsync(), other.WaitAsync()), code => Assert.Equal(0, code));
        Assert.Equal(2L * ChildTasks.Increments, await CountAsync(store));
    }

    [Fact]
    public async Task CommitAsync_ManyConnectionsIncrement_NoIncrementIsLostAndTimesRise()
    {
        using var store = Open();
        await store.CommitAsync(Documents.Set("counters/c", DocumentPrecondition.None, ("n", 0L)));
        var others = Enumerable.Range(0, 4).Select(_ => Open()).ToArray();

        await Task.WhenAll(others.Select(other => ChildTasks.IncrementAsync(other, 250)));

        Assert.Equal(1000, await CountAsync(store));
        var times = (await store.ReadHistoryAsync(0, 2000, TestContext.Current.CancellationToken)).Select(change => change.CommitTime).ToArray();
        Assert.Equal(1001, times.Length);
        Assert.Equal(times.Order().Distinct(), times);
        Assert.All(others, other => other.Dispose());
    }

    [Fact]
    public async Task CommitAsync_ProcessKilledWhileWriting_EveryAnsweredCommitIsThereWhole()
    {
        for (var round = 0; round < 3; round++)
        {
            long answered = 0;
            using (var child = ChildProcess.Start(ChildTask.WritePairs, DatabasePath))
            {
                for (var line = 0; line < 100 + (37 * round); line++)
                {
                    answered = long.Parse((await child.Output.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
                }

                await child.KillAsync();
            }

            using var store = Open();
            var left = await store.GetAsync("pairs/left");
            var right = await store.GetAsync("pairs/right");
            Assert.Equal(left.Fields!["n"], right.Fields!["n"]);
            Assert.True(((DocumentValue.IntegerValue)left.Fields["n"]).Value >= answered);
            Assert.Equal(left.UpdateTime, right.UpdateTime);
            Assert.Null(await store.FindDamageAsync(TestContext.Current.CancellationToken));
            await AssertOneDueAsync(store);
        }
    }

    /// <summary>The index holds what the documents hold.</summary>
    private static async Task AssertOneDueAsync(SqliteDocumentStore store)
    {
        var query = new DocumentQuery("pairs", [new("state", DocumentFilterOperator.Equal, "due")], "dueAt", false, 10);
        var read = await store.QueryAsync(query, TestContext.Current.CancellationToken);
        Assert.Equal("left", Assert.Single(read.Documents).Path.Id);
    }

    private static async Task<long> CountAsync(SqliteDocumentStore store) =>
        ((DocumentValue.IntegerValue)(await store.GetAsync("counters/c")).Fields!["n"]).Value;

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(new SqliteDocumentStoreOptions(DatabasePath), TimeProvider.System);
}
