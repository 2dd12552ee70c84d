using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

public sealed class SqliteDocumentStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private string DatabasePath => _folder["documents.db"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_StoreReopened_DocumentAndClockAreStillThere()
    {
        DocumentSnapshot before;
        using (var store = Open())
        {
            await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
            before = await store.GetAsync("c/a");
        }

        _time.AdjustTime(_time.GetUtcNow() - TimeSpan.FromHours(1));
        using var again = Open();
        var after = await again.GetAsync("c/a");
        var next = await again.CommitAsync(Documents.Set("c/a", DocumentPrecondition.LastUpdated(after.UpdateTime), ("n", 2L)));

        Assert.Equal(before.UpdateTime, after.UpdateTime);
        Assert.Equal(before.Fields!, after.Fields!);
        Assert.Equal(before.UpdateTime.AddMicroseconds(1), next.CommitTime);
    }

    [Fact]
    public async Task CommitAsync_ClockStandsStill_UpdateTimesRiseOverTheWholeStore()
    {
        using var store = Open();
        var first = await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
        var deletion = await store.CommitAsync(Documents.Delete("c/a"));
        var second = await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
        var other = await store.CommitAsync(Documents.Set("d/b", DocumentPrecondition.None, ("n", 1L)));

        Assert.Equal(_time.GetUtcNow(), first.CommitTime);
        Assert.Equal(first.CommitTime.AddMicroseconds(1), deletion.CommitTime);
        Assert.Equal(first.CommitTime.AddMicroseconds(2), second.UpdateTimes[0]);
        Assert.Equal(first.CommitTime.AddMicroseconds(3), other.UpdateTimes[0]);
    }

    [Fact]
    public async Task GetAsync_AfterACommit_ReadTimeIsNotBeforeIt()
    {
        using var store = Open();
        for (var index = 0; index < 5; index++)
        {
            var commit = await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", (long)index)));
            var read = await store.GetAsync([Documents.Path("c/a")], TestContext.Current.CancellationToken);
            Assert.True(read.ReadTime >= commit.CommitTime);
        }
    }

    [Fact]
    public async Task GetAsync_IdsAndTextsOfAnyCharacter_AreKeptExactly()
    {
        using var store = Open();
        string[] ids = ["a", "a\0", "a\0b", "%2E%2E", "é", "e\u0301", "😀", "\r\n", "'; DROP TABLE documents; --"];
        await store.CommitAsync([.. ids.Select(id => Documents.Set("c/" + id, DocumentPrecondition.MustNotExist, ("id", id)))]);

        var read = await store.QueryAsync(new DocumentQuery("c", [], null, false, 100), TestContext.Current.CancellationToken);

        Assert.Equal(ids.Order(Comparer<string>.Create(DocumentValueComparer.CompareText)), read.Documents.Select(document => document.Path.Id));
        Assert.All(read.Documents, document => Assert.Equal(document.Path.Id, ((DocumentValue.StringValue)document.Fields!["id"]).Value));
    }

    [Fact]
    public async Task QueryAsync_ByIndexOrByReading_AnswersTheSame()
    {
        using var store = Open();
        var values = new RandomValues(5);
        for (var index = 0; index < 300; index++)
        {
            // "state" and "dueAt" are indexed, "kind" and "time" are not and have the same values.
            var (state, due) = (values.Pick<DocumentValue>(["due", "parked", 1L]), values.Next(0, 6) == 0 ? values.Next() : Time(values.Next(0, 50)));
            (string, DocumentValue)[] fields = values.Next(0, 8) == 0 ? [("state", state), ("kind", state)]
                : [("state", state), ("kind", state), ("dueAt", due), ("time", due)];
            await store.CommitAsync(Documents.Set($"c/d{values.Next(0, 200)}", DocumentPrecondition.None, fields));
        }

        for (var round = 0; round < 100; round++)
        {
            var start = round % 2 == 0 ? null : await store.GetAsync($"c/d{values.Next(0, 200)}");
            start = start?.Fields?.ContainsKey("dueAt") == true ? start : null;
            var operation = values.Pick(Enum.GetValues<DocumentFilterOperator>());
            var (time, limit, descending) = (Time(values.Next(0, 50)), values.Next(1, 40), values.Next(0, 2) == 0);
            var indexed = Query("state", "dueAt");
            var plain = Query("kind", "time");

            Assert.NotNull(IndexRange.Find(indexed));
            Assert.Null(IndexRange.Find(plain));
            Assert.Equal(await IdsAsync(store, plain), await IdsAsync(store, indexed));

            DocumentQuery Query(string state, string due) => new(
                "c",
                [new(state, DocumentFilterOperator.Equal, "due"), .. round % 3 == 0 ? [] : new[] { new DocumentFilter(due, operation, time) }],
                due,
                descending,
                limit,
                start);
        }
    }

    [Fact]
    public async Task ReadHistoryAsync_SetsAndDeletes_AreListedInOrder()
    {
        using var store = Open();
        await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)), Documents.Set("c/b", DocumentPrecondition.None, ("n", 2L)));
        await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
        await store.CommitAsync(Documents.Delete("c/b"));

        var changes = await store.ReadHistoryAsync(0, 100, TestContext.Current.CancellationToken);

        Assert.Equal(["c/a", "c/b", "c/b"], changes.Select(change => change.Path.ToString()));
        Assert.Equal([1, 2, 3], changes.Select(change => change.Sequence));
        Assert.Equal(Documents.Fields(("n", 2L)), changes[1].Fields!);
        Assert.Null(changes[2].Fields);
        Assert.Equal(changes[0].CommitTime, changes[1].CommitTime);
        Assert.Equal(3, Assert.Single(await store.ReadHistoryAsync(2, 100, TestContext.Current.CancellationToken)).Sequence);
    }

    [Fact]
    public async Task ReadHistoryAsync_MoreThanTheLimit_KeepsTheLatest()
    {
        using var store = Open(new SqliteDocumentStoreOptions(DatabasePath) { HistoryLimit = 3 });
        for (var index = 0; index < 10; index++)
        {
            await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", (long)index)));
        }

        var changes = await store.ReadHistoryAsync(0, 100, TestContext.Current.CancellationToken);

        Assert.Equal([8, 9, 10], changes.Select(change => change.Sequence));
    }

    [Fact]
    public async Task CommitAsync_LockHeldByAnother_IsUnavailableAfterTheBusyTimeout()
    {
        using var store = Open(new SqliteDocumentStoreOptions(DatabasePath) { BusyTimeout = TimeSpan.FromMilliseconds(200) });
        await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 1L)));
        using (HoldWriteLock())
        {
            var write = Documents.Set("c/a", DocumentPrecondition.None, ("n", 2L));
            var failures = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(write))));

            Assert.All(failures, failure => Assert.Equal(DocumentStoreError.Unavailable, failure.Error));
            Assert.Equal(1L, ((DocumentValue.IntegerValue)(await store.GetAsync("c/a")).Fields!["n"]).Value);
        }

        await store.CommitAsync(Documents.Set("c/a", DocumentPrecondition.None, ("n", 3L)));
    }

    [Fact]
    public async Task CommitAsync_WaitingForTheLock_CanBeCancelled()
    {
        using var store = Open(new SqliteDocumentStoreOptions(DatabasePath) { BusyTimeout = TimeSpan.FromMinutes(5) });
        using var cancellation = new CancellationTokenSource();
        using (HoldWriteLock())
        {
            var commit = store.CommitAsync([Documents.Set("c/a", DocumentPrecondition.None)], cancellation.Token);
            await cancellation.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
        }
    }

    [Fact]
    public async Task CommitAsync_NoSpaceLeft_IsResourceExhaustedAndAppliesNothing()
    {
        using var store = Open(new SqliteDocumentStoreOptions(DatabasePath) { MaxBytes = 256 * 1024, HistoryLimit = 0 });
        await store.CommitAsync(Documents.Set("c/small", DocumentPrecondition.None, ("n", 1L)));

        var failure = await Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(
            Documents.Set("c/small", DocumentPrecondition.None, ("n", 2L)),
            Documents.Set("c/large", DocumentPrecondition.None, ("text", new string('x', 500_000)))));

        Assert.Equal(DocumentStoreError.ResourceExhausted, failure.Error);
        Assert.False((await store.GetAsync("c/large")).Exists);
        Assert.Equal(1L, ((DocumentValue.IntegerValue)(await store.GetAsync("c/small")).Fields!["n"]).Value);
        await store.CommitAsync(Documents.Set("c/small", DocumentPrecondition.None, ("n", 3L)));
    }

    private static DateTimeOffset Time(int seconds) => DateTimeOffset.UnixEpoch.AddSeconds(seconds);

    private static async Task<IEnumerable<string>> IdsAsync(SqliteDocumentStore store, DocumentQuery query) =>
        (await store.QueryAsync(query, TestContext.Current.CancellationToken)).Documents.Select(document => document.Path.Id);

    private SqliteDocumentStore Open(SqliteDocumentStoreOptions? options = null) =>
        SqliteDocumentStore.Open(options ?? new SqliteDocumentStoreOptions(DatabasePath), _time);

    private SqliteConnection HoldWriteLock()
    {
        var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}
