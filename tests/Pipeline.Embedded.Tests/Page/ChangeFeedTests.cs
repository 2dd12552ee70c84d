using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Embedded.Page;
using Pipeline.Embedded.Page.Following;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Embedded.Tests.Page;

public sealed class ChangeFeedTests : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source = new();
    private readonly ChangeFeed _feed;

    public ChangeFeedTests()
    {
        _feed = new ChangeFeed(_source, new DocumentBoard([new CollectionPair("photos", "results", "letters")]), _time, NullLogger<ChangeFeed>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task Run_SomebodyBeginsToWatch_LooksAtOnceAndThenOften()
    {
        await using var running = new RunningLoop(_feed.RunAsync);
        await _source.NextLookAsync();
        var next = _source.NextLookAsync();
        await Eventually.GetAsync(() => Task.FromResult(_feed.Board.View.Sequence), sequence => sequence == 1);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(next.IsCompleted);

        using (_feed.Watch())
        {
            await next;
            await AdvanceToNextLookAsync(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task CatchUp_NoAnswer_IsCutOffUntilThereIsOneAndTellsBoth()
    {
        await _feed.CatchUpAsync(Token);
        var find = _source.Find;
        _source.Find = (_, _) => throw new DocumentStoreException(DocumentStoreError.Unavailable, "query", "away");
        var told = _feed.WaitAsync(1, Day, Token);
        Assert.False(told.IsCompleted);

        await Assert.ThrowsAsync<DocumentStoreException>(() => _feed.CatchUpAsync(Token));
        await told;
        Assert.True(_feed.IsCutOff);
        told = _feed.WaitAsync(1, Day, Token);
        _source.Find = find;
        await _feed.CatchUpAsync(Token);
        await told;
        Assert.False(_feed.IsCutOff);
    }

    [Fact]
    public async Task CatchUp_EverythingAnewThatBreaksOff_IsAskedForAgainAndTheOldViewStays()
    {
        await _feed.CatchUpAsync(Token);
        var asked = new List<long?>();
        _source.Find = (after, _) =>
        {
            asked.Add(after);
            return Task.FromResult(ChangeLook.Anew(7, asked.Count == 1 ? BreakOffAsync() : AsyncEnumerable.Empty<DocumentSnapshot>()));
        };

        await Assert.ThrowsAsync<DocumentStoreException>(() => _feed.CatchUpAsync(Token));
        Assert.Equal(1, _feed.Board.View.Sequence);
        Assert.Equal(7, (await _feed.CatchUpAsync(Token)).Sequence);

        Assert.Equal([1, null], asked);
    }

    [Fact]
    public async Task CatchUp_CallerThatGivesUp_LeavesTheLookToTheNext()
    {
        var answer = new TaskCompletionSource<ChangeLook>();
        _source.Find = (_, cancellationToken) => answer.Task.WaitAsync(cancellationToken);
        using var impatience = new CancellationTokenSource();
        var first = _feed.CatchUpAsync(impatience.Token);
        await _source.NextLookAsync();
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        answer.SetResult(ChangeLook.Anew(5, AsyncEnumerable.Empty<DocumentSnapshot>()));

        await Eventually.GetAsync(() => Task.FromResult(_feed.Board.View.Sequence), sequence => sequence == 5);
        Assert.False(_feed.IsCutOff);
        Assert.Equal(1, _source.Looks);
    }

    private async Task AdvanceToNextLookAsync(TimeSpan step)
    {
        var next = _source.NextLookAsync();
        await Eventually.GetAsync(
            () =>
            {
                _time.Advance(step);
                return Task.FromResult(next.IsCompleted);
            },
            isDone => isDone);
    }

    private static async IAsyncEnumerable<DocumentSnapshot> BreakOffAsync()
    {
        yield return new DocumentSnapshot(Documents.Path("results/a"), Documents.Fields(), default, default);
        await Task.Yield();
        throw new DocumentStoreException(DocumentStoreError.Unavailable, "query", "away");
    }
}
