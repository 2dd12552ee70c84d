using Pipeline.Worker.Ledger;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed partial class UploadLedgerHoldingTests
{
    [Fact]
    public async Task Renew_Claim_ChangesOnlyTheLease()
    {
        var claim = await ClaimedAsync();
        var before = _fixture.Result;
        _fixture.Time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(RenewOutcome.Renewed, await _worker.Ledger.RenewAsync(claim, CancellationToken.None));

        Assert.Equal(_fixture.Result.UpdateTime, Timestamp(_fixture.Result, "lease.at"));
        Assert.Equal((60L, "w1"), (Integer(_fixture.Result, "lease.seconds"), Text(_fixture.Result, "lease.holder")));
        Assert.Equal(before.Fields!.Remove("lease"), _fixture.Result.Fields!.Remove("lease"));
        await CompleteAsync(claim);
        Assert.Equal(0, _fixture.Documents.Counters.Reads);
    }

    [Fact]
    public async Task Renew_StrangerTouchedTheDocument_IsRenewedWithItsNewVersion()
    {
        var claim = await ClaimedAsync();
        _fixture.Touch(_fixture.ResultPath);

        Assert.Equal(RenewOutcome.Renewed, await _worker.Ledger.RenewAsync(claim, CancellationToken.None));

        Assert.Equal(FinishOutcome.Classified, await CompleteAsync(claim));
    }

    [Fact]
    public async Task Renew_OutcomeUnknownButDone_IsRenewed()
    {
        var claim = await ClaimedAsync();
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.Equal(RenewOutcome.Renewed, await _worker.Ledger.RenewAsync(claim, CancellationToken.None));

        Assert.Equal(FinishOutcome.Classified, await CompleteAsync(claim));
    }

    [Fact]
    public async Task Renew_SomebodyTookOver_IsLost()
    {
        var claim = await ClaimedAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        await _fixture.NewWorker("w2").Ledger.ClaimAsync(claim.Work, null, CancellationToken.None);

        Assert.Equal(RenewOutcome.Lost, await _worker.Ledger.RenewAsync(claim, CancellationToken.None));
    }
}
