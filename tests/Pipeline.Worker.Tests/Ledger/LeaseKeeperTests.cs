using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class LeaseKeeperTests : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public LeaseKeeperTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_TimePasses_RenewsAtAFifthOfTheLease()
    {
        await using var keeper = await StartAsync();
        foreach (var (seconds, renewals) in new[] { (11, 0), (1, 1), (11, 1), (1, 2), (12, 3) })
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
            await SettleAsync(() => Renewals == renewals);
        }
    }

    [Fact]
    public async Task Stop_RequestUnderWay_IsAwaited()
    {
        var gate = new TaskCompletionSource();
        await using var keeper = await StartAsync();
        _fixture.Store.BeforeCommit = _ => gate.Task;
        _fixture.Time.Advance(TimeSpan.FromSeconds(12));
        await SettleAsync(() => _fixture.Store.Sent.Count == 2);

        var stopping = keeper.StopAsync();
        await Task.Yield();
        Assert.False(stopping.IsCompleted);

        gate.SetResult();
        await stopping;
        Assert.Equal(1, Renewals);
        _fixture.Time.Advance(Lease);
        Assert.Equal(1, Renewals);
    }

    [Fact]
    public async Task Run_SomebodyTookOver_CancelsTheWork()
    {
        await using var keeper = await StartAsync();
        _fixture.SetResult(ResultFields.Of("processing", 7, Start));

        _fixture.Time.Advance(TimeSpan.FromSeconds(12));

        await SettleAsync(() => keeper.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Run_StoreAwayForAWhile_TriesAgainAtTheNextTurn()
    {
        await using var keeper = await StartAsync();
        for (var send = 0; send < 4; send++)
        {
            _fixture.Store.NextCommitFails(DocumentStoreError.Unavailable);
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(12));
        await SettleAsync(() => _fixture.Store.Sent.Count >= 2);
        for (var second = 0; second < 40 && Renewals == 0; second++)
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(Renewals > 0);
        Assert.False(keeper.Lost.IsCancellationRequested);
    }

    private int Renewals => _fixture.Documents.History.Length - 1;

    private async Task<LeaseKeeper> StartAsync()
    {
        var claimed = (ClaimOutcome.Claimed)await _worker.Ledger.ClaimAsync(
            WorkerFixture.Work(_worker, _fixture.Event(UploadEventKind.Finalized, 7)), null, CancellationToken.None);
        return LeaseKeeper.Start(_worker.Ledger, claimed.Claim, Lease, _fixture.Time, NullLogger.Instance, CancellationToken.None);
    }

    private static async Task SettleAsync(Func<bool> condition)
    {
        for (var turn = 0; turn < 1000 && !condition(); turn++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }
}
