using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Documents;

public sealed class InMemoryDocumentStoreTests : LocalDocumentStoreCompliance
{
    private readonly InMemoryDocumentStore _store;

    public InMemoryDocumentStoreTests()
    {
        _store = new InMemoryDocumentStore(Time);
    }

    protected override IDocumentStore Store => _store;

    [Fact]
    public async Task Counters_EachRequest_AreCountedAsBilled()
    {
        await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)), Remove(At("b")));
        await RefusedAsync(Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", 1L)));
        await _store.GetAsync([At("a"), At("b")], Cancellation);
        await _store.QueryAsync(new DocumentQuery("empty", [], null, false, 5), Cancellation);

        Assert.Equal(new StoreCounters(Reads: 3, Writes: 2, Gets: 1, Queries: 1, Commits: 1, Refusals: 1), _store.Counters);
    }

    [Fact]
    public async Task History_AcceptedCommits_ShowBeforeAndAfter()
    {
        await CommitAsync(Replace(At("a"), DocumentPrecondition.None, ("n", 1L)));
        await RefusedAsync(Replace(At("a"), DocumentPrecondition.MustNotExist, ("n", 2L)));
        await CommitAsync(Remove(At("a")));

        Assert.Equal(2, _store.History.Length);
        var first = Assert.Single(_store.History[0].Changes);
        Assert.False(first.Before.Exists);
        Assert.Equal(1L, first.After.Fields!["n"]);
        Assert.False(Assert.Single(_store.History[1].Changes).After.Exists);
    }
}
