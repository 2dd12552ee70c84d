using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Tests.Support;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed partial class UploadLedgerHoldingTests
{
    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_OutcomeUnknownButDone_IsDoneOnce(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));

        Assert.Equal(2, _fixture.Documents.Counters.Commits);
        Assert.Equal(Status(ending), _fixture.Status);
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_OutcomeUnknownAndNotDone_IsDoneByTheSecondSend(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Store.NextCommitFails(DocumentStoreError.UnknownOutcome);

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));

        Assert.Equal(_fixture.Store.Sent[1], _fixture.Store.Sent[2]);
        Assert.Equal(Status(ending), _fixture.Status);
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_StrangerTouchedTheDocument_IsDoneWithItsNewVersion(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Touch(_fixture.ResultPath);

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));

        Assert.Equal(Status(ending), _fixture.Status);
        Assert.NotNull(Value(_fixture.Result, "touched"));
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_StrangerKeepsTouching_GivesUpAfterThreeMoreTries(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Store.Sent.Clear();
        _fixture.Store.BeforeCommit = _ =>
        {
            _fixture.Touch(_fixture.ResultPath);
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<DocumentStoreException>(() => EndAsync(claim, ending));

        Assert.Equal(4, _fixture.Store.Sent.Count);
        Assert.Equal("processing", _fixture.Status);
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_SomebodyTookOver_WritesNothing(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.IsType<ClaimOutcome.Claimed>(await _fixture.NewWorker("w2").Ledger.ClaimAsync(claim.Work, null, CancellationToken.None));
        var taken = _fixture.Result;

        Assert.Equal(FinishOutcome.Lost, await EndAsync(claim, ending));

        Assert.Equal(taken, _fixture.Result);
        Assert.False(_fixture.Letter.Exists);
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_DocumentGone_WritesNothing(Ending ending)
    {
        var claim = await ClaimedAsync();
        await _fixture.Documents.CommitAsync([new DocumentWrite.Delete(_fixture.ResultPath, DocumentPrecondition.None)], CancellationToken.None);

        Assert.Equal(FinishOutcome.Lost, await EndAsync(claim, ending));

        Assert.False(_fixture.Result.Exists);
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_ReadBackFails_Throws(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Touch(_fixture.ResultPath);
        _fixture.Store.BeforeRead = static () => throw new DocumentStoreException(DocumentStoreError.Unavailable, "get", "the test says so.");

        Assert.Throws<DocumentStoreException>(() => _fixture.Run(() => EndAsync(claim, ending)));
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_RenewalLandedUnseen_IsDoneAfterOneRead(Ending ending)
    {
        var claim = await ClaimedAsync();
        for (var send = 0; send < 4; send++)
        {
            _fixture.Store.NextCommitIsDoneAndTimesOut();
        }

        Assert.Throws<DocumentStoreException>(() => _fixture.Run(() => _worker.Ledger.RenewAsync(claim, CancellationToken.None)));

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_LeaseOverAndNobodyCame_IsStillDone(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));
    }

    [Theory]
    [MemberData(nameof(AllEndings))]
    public async Task End_LetterCapturedMeanwhile_BelongsToTheClaim(Ending ending)
    {
        var claim = await ClaimedAsync();
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, _fixture.Time.GetUtcNow()));

        Assert.Equal(Expected(ending), await EndAsync(claim, ending));

        // A complete or permanent end that never saw the letter leaves it to the sweep, which deletes it as superfluous.
        var errors = _fixture.Letter.Exists ? ((DocumentValue.ArrayValue)Value(_fixture.Letter, "errors")!).Values.Length : 0;
        Assert.Equal(ending is Ending.FailTransient or Ending.Release ? 2 : 1, errors);
    }
}
