using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Faults;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.Page.Following;

public sealed class QueriedChangesTests
{
    /// <summary>More than a look reads of a collection besides what is new.</summary>
    private const int Many = 3 * FollowedCollection.RoundPage;

    private static readonly FaultPlan Away = new() { Queries = new DocumentFaultRates { Unavailable = 1 } };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly InMemoryDocumentStore _documents;
    private readonly FaultyDocumentStore _store;
    private readonly Follower _follower;

    public QueriedChangesTests()
    {
        _documents = new InMemoryDocumentStore(_time);
        _store = new FaultyDocumentStore(_documents, FaultPlan.None, seed: 1, _time);
        _follower = new Follower(new QueriedChanges(_store, ["results", "letters"], _time));
    }

    [Fact]
    public async Task Look_AtFirst_TellsEverythingThenOnlyWhatIsNew()
    {
        await PutAsync("results/a", "results/b", "letters/a", "elsewhere/x");

        Assert.Empty(await _follower.LookAsync());
        Assert.Equal(["letters/a", "results/a", "results/b"], _follower.Documents.Keys.Select(path => $"{path}").Order(StringComparer.Ordinal));
        Assert.Empty(await _follower.LookAsync());
        await PutAsync("results/b", "elsewhere/x");
        await PutAsync("results/c");
        Assert.Equal(["b", "c"], await _follower.LookAsync());
        Assert.Empty(await _follower.LookAsync());
        Assert.Equal(1, _follower.Beginnings);
    }

    [Fact]
    public async Task Look_DocumentsThatAreGone_SaysSoAtOnceInASmallCollection()
    {
        await PutAsync("results/a", "letters/a", "letters/b");
        await _follower.LookAsync();
        await _documents.CommitAsync(Documents.Delete("letters/a"));

        Assert.Equal(["-a"], await _follower.LookAsync());
        await _documents.CommitAsync(Documents.Delete("letters/b"));
        await PutAsync("letters/b");
        Assert.Equal(["b"], await _follower.LookAsync());
        Assert.Empty(await _follower.LookAsync());
    }

    [Fact]
    public async Task Look_ManyWithTheSameTime_TellsEachOnce()
    {
        await _follower.LookAsync();
        await PutAsync([.. Names(1000)]);

        Assert.Equal(Names(1000).Select(name => name[8..]), (await _follower.LookAsync()).Order(StringComparer.Ordinal));
        Assert.Empty(await _follower.LookAsync());
    }

    [Fact]
    public async Task Look_CommitThatCanBeReadLaterThanItsTimeSays_IsTold()
    {
        await PutAsync([.. Names(Many)]);
        await _follower.LookAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        var received = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        await PutAsync("results/zz early");
        Assert.Equal(["zz early"], await _follower.LookAsync());

        await _documents.CommitAsync(Documents.Set("results/zz late", DocumentPrecondition.None, ("updatedAt", received)));

        Assert.Equal(["zz late"], await _follower.LookAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-3600)]
    [InlineData(3600)]
    public async Task Look_DocumentWhoseTimeIsMissingOrWrong_IsToldOnceInARound(int? offset)
    {
        await PutAsync([.. Names(Many)]);
        await _follower.LookAsync();
        DocumentValue stamp = offset is { } seconds ? _time.GetUtcNow().AddSeconds(seconds) : DocumentValue.Null;
        await _documents.CommitAsync(Documents.Set("results/zz", DocumentPrecondition.None, ("updatedAt", stamp)));

        Assert.Equal(["zz"], await RoundAsync());
        await _documents.CommitAsync(Documents.Set("results/zz", DocumentPrecondition.None, ("updatedAt", stamp), ("n", 1L)));
        Assert.Equal(["zz"], await RoundAsync());
        await _documents.CommitAsync(Documents.Delete("results/zz"), Documents.Delete("results/00000"));
        Assert.Equal(["-00000", "-zz"], (await RoundAsync()).Order(StringComparer.Ordinal));
        Assert.Empty(await RoundAsync());
    }

    [Fact]
    public async Task Look_StoreThatWasEmptiedInTheMiddleOfARound_LeavesNothing()
    {
        await PutAsync([.. Names(Many), "letters/a"]);
        await _follower.LookAsync();
        await _follower.LookAsync();
        foreach (var names in Names(Many).Chunk(100))
        {
            await _documents.CommitAsync([.. names.Select(Documents.Delete), .. names[0] == "results/00000" ? [Documents.Delete("letters/a")] : Array.Empty<DocumentWrite>()]);
        }

        await _follower.LookAsync();
        await _follower.LookAsync();

        Assert.Empty(_follower.Documents);
        Assert.Equal(1, _follower.Beginnings);
    }

    [Fact]
    public async Task Look_AfterAFailure_TellsEverythingAnewAsItIsThen()
    {
        await PutAsync("results/a", "results/b");
        await _follower.LookAsync();
        _store.Plan = Away;
        await Assert.ThrowsAsync<DocumentStoreException>(_follower.LookAsync);
        await _documents.CommitAsync(Documents.Delete("results/a"));
        await Assert.ThrowsAsync<DocumentStoreException>(_follower.LookAsync);
        _store.Plan = FaultPlan.None;

        await _follower.LookAsync();

        Assert.Equal(["results/b"], _follower.Documents.Keys.Select(path => $"{path}"));
        Assert.Equal(2, _follower.Beginnings);
        Assert.Empty(await _follower.LookAsync());
    }

    [Fact]
    public async Task Look_MoreChangesThanAreKept_TellsEverythingAnew()
    {
        await _follower.LookAsync();
        await PutAsync([.. Names(2500)]);

        await _follower.LookAsync();

        Assert.Equal((2500, 2), (_follower.Documents.Count, _follower.Beginnings));
    }

    [Fact]
    public async Task History_OfAProcessBefore_IsNotReached()
    {
        var before = (await new QueriedChanges(_store, ["results"], _time).LookAsync(null, TestContext.Current.CancellationToken)).Sequence;
        _time.Advance(TimeSpan.FromSeconds(1));
        var source = new QueriedChanges(_store, ["results"], _time);
        var follower = new Follower(source);
        await follower.LookAsync();
        await PutAsync("results/a");
        await follower.LookAsync();

        Assert.Empty(await source.ReadHistoryAsync(before, 10, TestContext.Current.CancellationToken));
        Assert.Empty(await source.ReadHistoryAsync(0, 10, TestContext.Current.CancellationToken));
    }

    /// <summary>As many looks as a round may take, wherever it stands.</summary>
    private async Task<IEnumerable<string>> RoundAsync()
    {
        var told = new List<string>();
        for (var look = 0; look < 2 * ((Many / FollowedCollection.RoundPage) + 2); look++)
        {
            told.AddRange(await _follower.LookAsync());
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        return told;
    }

    private Task<CommitOutcome.Committed> PutAsync(params string[] paths) => _documents.CommitAsync([.. paths.Select(path => Documents.Set(
        path, DocumentPrecondition.None, ("updatedAt", _time.GetUtcNow()), ("n", (long)_documents.History.Length)))]);

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"results/{number:00000}"));
}
