using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Testing.Faults;
using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Faults;

public sealed class FaultyDocumentStoreTests
{
    private static readonly DocumentPath Path = new("classifications", "photo");

    private readonly CountingDocumentStore _inner = new();
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(DocumentFault.Unavailable, DocumentStoreError.Unavailable, 0)]
    [InlineData(DocumentFault.Aborted, DocumentStoreError.Aborted, 0)]
    [InlineData(DocumentFault.ResourceExhausted, DocumentStoreError.ResourceExhausted, 0)]
    [InlineData(DocumentFault.PermissionDenied, DocumentStoreError.PermissionDenied, 0)]
    [InlineData(DocumentFault.InvalidArgument, DocumentStoreError.InvalidArgument, 0)]
    [InlineData(DocumentFault.RequestLost, DocumentStoreError.UnknownOutcome, 0)]
    [InlineData(DocumentFault.AnswerLost, DocumentStoreError.UnknownOutcome, 1)]
    public async Task CommitAsync_Fault_ReportsItsErrorAndAppliesAsSaid(DocumentFault fault, DocumentStoreError error, int applied)
    {
        var store = Faulty(new FaultPlan { Commits = Always(fault) });

        var thrown = await Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(Writes(), CancellationToken.None));

        Assert.Equal((error, "commit"), (thrown.Error, thrown.Operation));
        Assert.Equal(applied, _inner.Commits);
        Assert.Equal(1, store.Injected.Of("commit", fault));
        Assert.Equal(1, store.Injected.Total);
    }

    [Fact]
    public async Task CommitAsync_LandsLate_AppliesAfterTheTimeoutWasReported()
    {
        var store = Faulty(new FaultPlan
        {
            Commits = Always(DocumentFault.LandsLate),
            ShortestDelay = TimeSpan.FromSeconds(5),
            LongestDelay = TimeSpan.FromSeconds(5),
        });

        var thrown = await Assert.ThrowsAsync<DocumentStoreException>(() => store.CommitAsync(Writes(), CancellationToken.None));
        var before = _inner.Commits;
        _time.Advance(TimeSpan.FromSeconds(4.9));
        var stillBefore = _inner.Commits;
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await store.DrainAsync();

        Assert.Equal(DocumentStoreError.UnknownOutcome, thrown.Error);
        Assert.Equal((0, 0, 1), (before, stillBefore, _inner.Commits));
    }

    [Fact]
    public async Task CommitAsync_SentTwice_ReportsTheSecondAnswer()
    {
        var store = Faulty(new FaultPlan { Commits = Always(DocumentFault.SentTwice) });

        var outcome = Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Writes(), CancellationToken.None));

        Assert.Equal(2, _inner.Commits);
        Assert.Equal(CountingDocumentStore.Now.AddSeconds(2), outcome.CommitTime);
    }

    [Fact]
    public async Task CommitAsync_Refused_AppliesNothing()
    {
        var store = Faulty(new FaultPlan { Commits = Always(DocumentFault.Refused) });

        var outcome = Assert.IsType<CommitOutcome.Refused>(await store.CommitAsync(Writes(), CancellationToken.None));

        Assert.Equal(CommitRefusal.AlreadyExists, outcome.Reason);
        Assert.Equal(0, _inner.Commits);
    }

    [Fact]
    public async Task GetAsync_Stalled_EndsOnlyByCancellation()
    {
        var store = Faulty(new FaultPlan { Gets = Always(DocumentFault.Stalled) });
        using var cancellation = new CancellationTokenSource();

        var get = store.GetAsync([Path], cancellation.Token);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(get.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => get);
        Assert.Equal(0, _inner.Gets);
    }

    [Fact]
    public async Task QueryAsync_Delayed_AnswersWhenTheDelayHasPassed()
    {
        var store = Faulty(new FaultPlan
        {
            Queries = new DocumentFaultRates { Delayed = 1 },
            ShortestDelay = TimeSpan.FromSeconds(2),
            LongestDelay = TimeSpan.FromSeconds(3),
        });

        var query = store.QueryAsync(new DocumentQuery("classifications", [], null, false, 10), CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        var early = query.IsCompleted;
        _time.Advance(TimeSpan.FromSeconds(1.1));
        await query;

        Assert.False(early);
        Assert.Equal(1, _inner.Queries);
    }

    [Fact]
    public async Task Plan_FaultsOfOneMethod_LeaveTheOthersAlone()
    {
        var store = Faulty(new FaultPlan { Gets = Always(DocumentFault.Unavailable) });

        await store.CommitAsync(Writes(), CancellationToken.None);
        await store.QueryAsync(new DocumentQuery("classifications", [], null, false, 10), CancellationToken.None);

        Assert.Equal((1, 1, 0), (_inner.Commits, _inner.Queries, store.Injected.Total));
    }

    [Fact]
    public async Task CommitAsync_SameSeed_SameFaults()
    {
        Assert.Equal(await VerdictsAsync(seed: 7), await VerdictsAsync(seed: 7));
        Assert.NotEqual(await VerdictsAsync(seed: 7), await VerdictsAsync(seed: 8));
    }

    [Fact]
    public async Task CommitAsync_Rate_IsMetWithinChance()
    {
        const int Calls = 10_000;
        const double Rate = 0.3;
        var store = Faulty(new FaultPlan { Commits = new DocumentFaultRates { Unavailable = Rate, Aborted = 0.2 } });

        for (var call = 0; call < Calls; call++)
        {
            await VerdictAsync(store);
        }

        var fiveSigma = 5 * Math.Sqrt(Calls * Rate * (1 - Rate));
        Assert.InRange(store.Injected.Of(DocumentFault.Unavailable), (Calls * Rate) - fiveSigma, (Calls * Rate) + fiveSigma);
        Assert.Equal(Calls, _inner.Commits + store.Injected.Total);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.6, 0.6)]
    public void Plan_NoProbabilities_Throws(double unavailable, double aborted)
    {
        var plan = new FaultPlan { Commits = new DocumentFaultRates { Unavailable = unavailable, Aborted = aborted } };

        Assert.Throws<ArgumentException>(() => Faulty(plan));
    }

    [Fact]
    public void Plan_CommitFaultForReads_Throws() =>
        Assert.Throws<ArgumentException>(() => Faulty(new FaultPlan { Gets = new DocumentFaultRates { LandsLate = 0.1 } }));

    private static IReadOnlyList<DocumentWrite> Writes() =>
        [new DocumentWrite.Set(Path, DocumentPrecondition.MustNotExist, ImmutableSortedDictionary<string, DocumentValue>.Empty, null, [])];

    private static DocumentFaultRates Always(DocumentFault fault) => fault switch
    {
        DocumentFault.Unavailable => new() { Unavailable = 1 },
        DocumentFault.Aborted => new() { Aborted = 1 },
        DocumentFault.ResourceExhausted => new() { ResourceExhausted = 1 },
        DocumentFault.PermissionDenied => new() { PermissionDenied = 1 },
        DocumentFault.InvalidArgument => new() { InvalidArgument = 1 },
        DocumentFault.RequestLost => new() { RequestLost = 1 },
        DocumentFault.AnswerLost => new() { AnswerLost = 1 },
        DocumentFault.LandsLate => new() { LandsLate = 1 },
        DocumentFault.SentTwice => new() { SentTwice = 1 },
        DocumentFault.Refused => new() { Refused = 1 },
        DocumentFault.Stalled => new() { Stalled = 1 },
        _ => new() { Delayed = 1 },
    };

    private static async Task<string> VerdictAsync(FaultyDocumentStore store)
    {
        try
        {
            return (await store.CommitAsync(Writes(), CancellationToken.None)).GetType().Name;
        }
        catch (DocumentStoreException exception)
        {
            return exception.Error.ToString();
        }
    }

    private async Task<string> VerdictsAsync(int seed)
    {
        var store = Faulty(
            new FaultPlan { Commits = new DocumentFaultRates { Unavailable = 0.2, Aborted = 0.2, AnswerLost = 0.2, Refused = 0.2 } }, seed);
        var verdicts = new List<string>();
        for (var call = 0; call < 50; call++)
        {
            verdicts.Add(await VerdictAsync(store));
        }

        return string.Join(' ', verdicts) + store.Injected;
    }

    private FaultyDocumentStore Faulty(FaultPlan plan, int seed = 1) => new(_inner, plan, seed, _time);
}
