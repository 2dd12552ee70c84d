using System.Collections.Immutable;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class UploadLedgerClaimingTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public UploadLedgerClaimingTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Claim_NewName_WritesTheWholeDocument()
    {
        var claim = await ClaimedAsync(Work(generation: 7));

        var result = _fixture.Result;
        Assert.Equal(
            ["attempts", "bucket", "claimId", "createdAt", "generation", "lease", "name", "owner", "status", "updatedAt"],
            result.Fields!.Keys);
        Assert.Equal((Bucket, Name), (Text(result, "bucket"), Text(result, "name")));
        Assert.Equal((7L, "u1"), (Integer(result, "generation"), Text(result, "owner")));
        Assert.Equal(("processing", claim.Id, 1L), (Text(result, "status"), Text(result, "claimId"), Integer(result, "attempts")));
        Assert.Equal((60L, "w1"), (Integer(result, "lease.seconds"), Text(result, "lease.holder")));
        foreach (var field in new[] { "createdAt", "updatedAt", "lease.at" })
        {
            Assert.Equal(result.UpdateTime, Timestamp(result, field));
        }

        Assert.Equal((1, result.UpdateTime), (claim.Attempts, claim.ClaimedAt));
        Assert.IsType<DocumentPrecondition.Existence>(_fixture.Store.Sent[0][0].Precondition);
    }

    [Fact]
    public async Task Claim_OutcomeUnknownButDone_IsOursAfterOneRead()
    {
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        var claim = await ClaimedAsync(Work());

        Assert.Equal(2, _fixture.Store.Sent.Count);
        Assert.Equal(_fixture.Store.Sent[0], _fixture.Store.Sent[1]);
        Assert.Equal(1, _fixture.Documents.Counters.Reads);
        Assert.Equal(FinishOutcome.Classified, await CompleteAsync(claim));
    }

    [Fact]
    public async Task Claim_OutcomeUnknownAndNotDone_IsSentAgain()
    {
        _fixture.Store.NextCommitFails(DocumentStoreError.UnknownOutcome);

        await ClaimedAsync(Work());

        Assert.Equal(2, _fixture.Store.Sent.Count);
        Assert.Equal(0, _fixture.Documents.Counters.Reads);
    }

    [Fact]
    public void Claim_StoreAway_ThrowsAfterSeveralSends()
    {
        for (var send = 0; send < 4; send++)
        {
            _fixture.Store.NextCommitFails(DocumentStoreError.Unavailable);
        }

        var exception = Assert.Throws<DocumentStoreException>(
            () => _fixture.Run(() => _worker.Ledger.ClaimAsync(Work(), null, CancellationToken.None)));

        Assert.Equal(DocumentStoreError.Unavailable, exception.Error);
        Assert.Equal(4, _fixture.Store.Sent.Count);
    }

    [Theory]
    [InlineData(DocumentStoreError.PermissionDenied)]
    [InlineData(DocumentStoreError.InvalidArgument)]
    public async Task Claim_RefusedForGood_IsNotSentAgain(DocumentStoreError error)
    {
        _fixture.Store.NextCommitFails(error);

        await Assert.ThrowsAsync<DocumentStoreException>(() => _worker.Ledger.ClaimAsync(Work(), null, CancellationToken.None));

        Assert.Single(_fixture.Store.Sent);
    }

    [Theory]
    [InlineData("classified", ClaimVerdict.Duplicate)]
    [InlineData("failed", ClaimVerdict.Duplicate)]
    [InlineData("deleted", ClaimVerdict.Duplicate)]
    [InlineData("retrying", ClaimVerdict.Deferred)]
    [InlineData("processing", ClaimVerdict.InFlight)]
    public async Task Claim_SameGenerationKnown_IsDeclinedWithoutAWrite(string status, ClaimVerdict verdict)
    {
        _fixture.SetResult(Existing(status, generation: 7));

        var outcome = await _worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None);

        Assert.Equal(new ClaimOutcome.Declined(verdict), outcome);
        Assert.Equal(Existing(status, generation: 7), _fixture.Result.Fields);
    }

    [Theory]
    [InlineData("classified", 1)]
    [InlineData("deleted", 1)]
    [InlineData("failed", 3)]
    [InlineData("retrying", 3)]
    [InlineData("processing", 3)]
    public async Task Claim_NewerGeneration_ReplacesTheDocumentAndDeletesItsLetter(string status, int reads)
    {
        _fixture.SetResult(Existing(status, generation: 7).SetItem("label", "old"));
        var hasLetter = status is not ("classified" or "deleted");
        if (hasLetter)
        {
            _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));
        }

        var before = _fixture.Documents.Counters;

        var claim = await ClaimedAsync(Work(generation: 8));

        Assert.Equal((8L, "processing", 1L), (Integer(_fixture.Result, "generation"), _fixture.Status, Integer(_fixture.Result, "attempts")));
        Assert.Equal(claim.Id, Text(_fixture.Result, "claimId"));
        Assert.Null(Text(_fixture.Result, "label"));
        Assert.Equal(_fixture.Result.UpdateTime, Timestamp(_fixture.Result, "createdAt"));
        Assert.False(_fixture.Letter.Exists);
        Assert.Equal(reads, (_fixture.Documents.Counters - before).Reads);
    }

    [Fact]
    public async Task Claim_OlderGenerationThatIsLive_CountsAsNewer()
    {
        var upload = _fixture.Upload(generation: 5);
        _fixture.SetResult(Existing("classified", generation: 9));

        await ClaimedAsync(WorkerFixture.Work(_worker, upload));

        Assert.Equal(5L, Integer(_fixture.Result, "generation"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_OlderGenerationThatIsNotLive_IsSuperseded(bool isAnotherLive)
    {
        if (isAnotherLive)
        {
            _fixture.Upload(generation: 9);
        }

        _fixture.SetResult(Existing("classified", generation: 9));

        Assert.Equal(
            new ClaimOutcome.Declined(ClaimVerdict.Superseded),
            await _worker.Ledger.ClaimAsync(Work(generation: 5), null, CancellationToken.None));
    }

    [Fact]
    public async Task Claim_GenerationsOfDifferentLength_CompareAsNumbers()
    {
        _fixture.SetResult(Existing("classified", generation: 9));

        await ClaimedAsync(Work(generation: 10));
    }

    [Fact]
    public async Task Claim_LeaseOver_TakesItOverAndKeepsWhatIsVisible()
    {
        _fixture.SetResult(Existing("processing", generation: 7).SetItem("label", "old").SetItem("createdAt", "then").SetItem("error", "e"));
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));

        var claim = await ClaimedAsync(Work(generation: 7));

        Assert.Equal((2, 2L), (claim.Attempts, Integer(_fixture.Result, "attempts")));
        Assert.Equal(("old", "then", null), (Text(_fixture.Result, "label"), Text(_fixture.Result, "createdAt"), Text(_fixture.Result, "error")));
        Assert.Equal("claim-1", Text(_fixture.Result, "claimId"));
        Assert.Equal("w1", Text(_fixture.Result, "lease.holder"));

        Assert.Equal(FinishOutcome.Classified, await CompleteAsync(claim));
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Claim_LeaseOverAndAttemptsUsedUp_ParksUnclaimed()
    {
        _fixture.SetResult(Existing("processing", generation: 7).SetItem("attempts", 8L).SetItem("label", "old"));
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));

        var outcome = await _worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None);

        Assert.IsType<ClaimOutcome.Parked>(outcome);
        Assert.Equal(("failed", "claim-1", 8L), (_fixture.Status, Text(_fixture.Result, "claimId"), Integer(_fixture.Result, "attempts")));
        Assert.Null(Value(_fixture.Result, "lease"));
        Assert.Equal(("LEASE_EXPIRED", null), (Text(_fixture.Result, "error.code"), Text(_fixture.Result, "label")));
        Assert.Equal(("parked", "ATTEMPTS_EXHAUSTED"), (Text(_fixture.Letter, "state"), Text(_fixture.Letter, "parkedReason")));
        Assert.Equal(8L, Integer(_fixture.Letter, "attempts"));
    }

    [Fact]
    public async Task Claim_TwoAtOnce_OnlyOneGetsIt()
    {
        var other = _fixture.NewWorker("w2");
        _fixture.SetResult(Existing("processing", generation: 7));
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        var raced = false;
        _fixture.Store.BeforeCommit = async writes =>
        {
            if (!raced && writes[0].Precondition is DocumentPrecondition.Version)
            {
                raced = true;
                await other.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None);
            }
        };

        var outcome = await _worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None);

        Assert.Equal(new ClaimOutcome.Declined(ClaimVerdict.InFlight), outcome);
        Assert.Equal("w2", Text(_fixture.Result, "lease.holder"));
    }

    [Fact]
    public async Task Claim_DocumentThatKeepsChanging_GivesUpAfterThreeReads()
    {
        _fixture.SetResult(Existing("classified", generation: 3));
        _fixture.Store.BeforeCommit = _ =>
        {
            _fixture.Touch(_fixture.ResultPath);
            return Task.CompletedTask;
        };

        var exception = await Assert.ThrowsAsync<DocumentStoreException>(() => _worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None));

        Assert.Equal(DocumentStoreError.Aborted, exception.Error);
        Assert.Equal(3, _fixture.Documents.Counters.Reads);
    }

    [Fact]
    public async Task Claim_DocumentOfAStranger_IsTakenOver()
    {
        _fixture.SetResult(Fields.Of(("note", "mine")));

        await ClaimedAsync(Work(generation: 7));

        Assert.Equal(("processing", null), (_fixture.Status, Text(_fixture.Result, "note")));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public async Task Claim_OwnClockOff_LeasesAreJudgedByTheStoresTime(int minutes)
    {
        var clock = new SkewedTime(_fixture.Time, TimeSpan.FromMinutes(minutes));
        var worker = _fixture.NewWorker("skewed", clock);
        _fixture.SetResult(Existing("processing", generation: 7));

        Assert.Equal(
            new ClaimOutcome.Declined(ClaimVerdict.InFlight), await worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None));
        _fixture.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(
            new ClaimOutcome.Declined(ClaimVerdict.InFlight), await worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None));
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<ClaimOutcome.Claimed>(await worker.Ledger.ClaimAsync(Work(generation: 7), null, CancellationToken.None));
    }

    [Fact]
    public async Task ClaimDue_Retrying_MovesTheLetterToTheLeasesEnd()
    {
        var now = _fixture.Time.GetUtcNow();
        _fixture.SetResult(Existing("retrying", generation: 7).SetItem("attempts", 3L));
        _fixture.Set(_fixture.LetterPath, Letter(7, now));

        var claim = Assert.IsType<ClaimOutcome.Claimed>(await ClaimDueAsync(7)).Claim;

        Assert.Equal((4, 4L, "processing"), (claim.Attempts, Integer(_fixture.Result, "attempts"), _fixture.Status));
        Assert.Equal("due", Text(_fixture.Letter, "state"));
        var leaseEnd = Timestamp(_fixture.Result, "lease.at")!.Value.AddSeconds(60);
        Assert.InRange(Timestamp(_fixture.Letter, "dueAt")!.Value, leaseEnd.AddMilliseconds(-1), leaseEnd.AddMilliseconds(1));
    }

    [Fact]
    public async Task ClaimDue_NothingClaimedYet_IsTheFirstClaim()
    {
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));

        Assert.Equal(1, Assert.IsType<ClaimOutcome.Claimed>(await ClaimDueAsync(7)).Claim.Attempts);
        Assert.True(_fixture.Letter.Exists);
    }

    [Theory]
    [InlineData("classified", 7L, ClaimVerdict.Duplicate)]
    [InlineData("failed", 7L, ClaimVerdict.Duplicate)]
    [InlineData("deleted", 7L, ClaimVerdict.Duplicate)]
    [InlineData("classified", 9L, ClaimVerdict.Superseded)]
    [InlineData("processing", 9L, ClaimVerdict.Superseded)]
    public async Task ClaimDue_DuplicateOrSuperseded_DeletesTheLetter(string status, long generation, ClaimVerdict verdict)
    {
        _fixture.SetResult(Existing(status, generation));
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));

        Assert.Equal(new ClaimOutcome.Declined(verdict), await ClaimDueAsync(7));

        Assert.False(_fixture.Letter.Exists);
        Assert.Equal(Existing(status, generation), _fixture.Result.Fields);
    }

    [Fact]
    public async Task ClaimDue_InFlight_LeavesTheLetter()
    {
        _fixture.SetResult(Existing("processing", generation: 7));
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));

        Assert.Equal(new ClaimOutcome.Declined(ClaimVerdict.InFlight), await ClaimDueAsync(7));

        Assert.True(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task ClaimDue_LetterChangedMeanwhile_IsReadAgainAndNotTaken()
    {
        _fixture.SetResult(Existing("retrying", generation: 7));
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));
        var seen = (await _worker.Ledger.FindLetterAsync(_fixture.LetterPath, CancellationToken.None))!;
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow().AddMinutes(5)));

        Assert.IsType<ClaimOutcome.NotDue>(await _worker.Ledger.ClaimDueAsync(Work(generation: 7), seen, CancellationToken.None));

        Assert.Equal("retrying", _fixture.Status);
    }

    [Fact]
    public async Task ClaimDue_ByTwoSweeps_OnlyOneGetsIt()
    {
        _fixture.SetResult(Existing("retrying", generation: 7));
        _fixture.Set(_fixture.LetterPath, Letter(7, _fixture.Time.GetUtcNow()));
        var seen = (await _worker.Ledger.FindLetterAsync(_fixture.LetterPath, CancellationToken.None))!;

        var first = await _worker.Ledger.ClaimDueAsync(Work(generation: 7), seen, CancellationToken.None);
        var second = await _fixture.NewWorker("w2").Ledger.ClaimDueAsync(Work(generation: 7), seen, CancellationToken.None);

        Assert.IsType<ClaimOutcome.Claimed>(first);
        Assert.IsNotType<ClaimOutcome.Claimed>(second);
        Assert.Equal(2L, Integer(_fixture.Result, "attempts"));
    }

    [Fact]
    public async Task ClaimExpired_DocumentGone_IsNotMadeAgain()
    {
        Assert.Equal(
            new ClaimOutcome.Declined(ClaimVerdict.Superseded), await _worker.Ledger.ClaimExpiredAsync(Work(generation: 7), CancellationToken.None));

        Assert.False(_fixture.Result.Exists);
    }

    [Fact]
    public async Task Claim_LetterOfANewerGeneration_Stays()
    {
        _fixture.SetResult(Existing("retrying", generation: 3));
        _fixture.Set(_fixture.LetterPath, Letter(9, _fixture.Time.GetUtcNow()));

        var claim = await ClaimedAsync(Work(generation: 7));
        Assert.Equal(9L, Integer(_fixture.Letter, "generation"));

        Assert.Equal(FinishOutcome.Retrying, await _worker.Ledger.FailAsync(
            claim, new Failure(FailureCode.Internal, "x"), CancellationToken.None));
        Assert.Equal((9L, "retrying"), (Integer(_fixture.Letter, "generation"), _fixture.Status));
    }

    private async Task<ClaimOutcome> ClaimDueAsync(long generation)
    {
        var letter = await _worker.Ledger.FindLetterAsync(_fixture.LetterPath, CancellationToken.None);
        return await _worker.Ledger.ClaimDueAsync(Work(generation), letter!, CancellationToken.None);
    }

    private async Task<Claim> ClaimedAsync(UploadWork work) =>
        Assert.IsType<ClaimOutcome.Claimed>(await _worker.Ledger.ClaimAsync(work, null, CancellationToken.None)).Claim;

    private Task<FinishOutcome> CompleteAsync(Claim claim) =>
        _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, default, CancellationToken.None);

    private UploadWork Work(long generation = 7) => WorkerFixture.Work(_worker, _fixture.Event(UploadEventKind.Finalized, generation));

    private static ImmutableSortedDictionary<string, DocumentValue> Existing(string status, long generation) =>
        ResultFields.Of(status, generation, leaseAt: WorkerFixture.Start);

    private static ImmutableSortedDictionary<string, DocumentValue> Letter(long generation, DateTimeOffset dueAt) =>
        LetterFields.Due(generation, dueAt);
}
