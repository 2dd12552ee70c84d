using Pipeline.Testing.Documents;
using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

/// <summary>Renewals, and the three ways in which a holder ends its claim.</summary>
public sealed partial class UploadLedgerHoldingTests : IDisposable
{
    private static readonly Failure Transient = new(FailureCode.ObjectUnavailable, "Not now.");
    private static readonly Failure Permanent = new(FailureCode.NotAnImage, "Text.", new ImageFacts("png", 1, 2, 3, 1));
    private static readonly Failure Configuration = new(FailureCode.ModelNotFound, "No model.");

    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public UploadLedgerHoldingTests()
    {
        _worker = _fixture.NewWorker();
    }

    public enum Ending
    {
        Complete,
        FailTransient,
        FailPermanent,
        Release,
    }

    public static TheoryData<Ending> AllEndings => new(Enum.GetValues<Ending>());

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Complete_Claim_WritesTheResultAndNothingElseStays()
    {
        var claim = await ClaimedAsync();
        var times = new ProcessingTimes(TimeSpan.FromMilliseconds(1500), TimeSpan.FromMilliseconds(40.1234), TimeSpan.FromMilliseconds(60));

        Assert.Equal(FinishOutcome.Classified, await _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, times, CancellationToken.None));

        var result = _fixture.Result;
        Assert.Equal(
            [
                "attempts", "bucket", "claimId", "createdAt", "generation", "image", "label", "labels", "model", "name", "owner", "score", "status",
                "timings", "updatedAt",
            ],
            result.Fields!.Keys);
        Assert.Equal(("classified", "tulip", claim.Id), (Text(result, "status"), Text(result, "label"), Text(result, "claimId")));
        Assert.Equal(0.9, result.Fields["score"]);
        Assert.Equal(
            Fields.Array(
                Fields.Map(("label", "tulip"), ("score", 0.9), ("index", 3L)),
                Fields.Map(("label", "rose"), ("score", 0.1), ("index", 1L))),
            result.Fields["labels"]);
        Assert.Equal(
            Fields.Map(("name", "flowers"), ("version", "3"), ("sha256", new string('a', 64)), ("format", "saved_model")),
            result.Fields["model"]);
        Assert.Equal(
            Fields.Map(("format", "png"), ("width", 20L), ("height", 10L), ("bytes", 123L), ("orientation", 1L)),
            result.Fields["image"]);
        Assert.Equal(
            Fields.Map(
                ("queueMs", 1500.0), ("downloadMs", 40.123), ("decodeMs", 3.0), ("preprocessMs", 2.0), ("inferenceMs", 7.25), ("totalMs", 60.0), ("cold", false)),
            result.Fields["timings"]);
        Assert.Equal(result.UpdateTime, Timestamp(result, "updatedAt"));
    }

    [Fact]
    public async Task Complete_NoLabelPasses_WritesNull()
    {
        var claim = await ClaimedAsync();

        await _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip with { Label = null, Score = null }, default, CancellationToken.None);

        Assert.Equal((DocumentValue.Null, DocumentValue.Null), (Value(_fixture.Result, "label"), Value(_fixture.Result, "score")));
    }

    [Fact]
    public async Task Complete_AfterARetry_DeletesTheErrorAndTheLetter()
    {
        await _worker.Ledger.FailAsync(await ClaimedAsync(), Transient, CancellationToken.None);

        await CompleteAsync(await ClaimDueAsync());

        Assert.Null(Value(_fixture.Result, "error"));
        Assert.False(_fixture.Letter.Exists);
        Assert.Equal(2L, Integer(_fixture.Result, "attempts"));
    }

    [Fact]
    public async Task Fail_Transient_IsRetryingWithADueLetter()
    {
        var claim = await ClaimedAsync();
        var now = _worker.Ledger.Clock.Now!.Value;

        Assert.Equal(FinishOutcome.Retrying, await _worker.Ledger.FailAsync(claim, Transient, CancellationToken.None));

        Assert.Equal(("retrying", claim.Id, 1L), (_fixture.Status, Text(_fixture.Result, "claimId"), Integer(_fixture.Result, "attempts")));
        Assert.Equal(Fields.Map(("code", "OBJECT_UNAVAILABLE"), ("message", "Not now."), ("retryable", true)), Value(_fixture.Result, "error"));
        Assert.Null(Value(_fixture.Result, "lease"));
        Assert.Equal(
            Fields.Of(
                ("bucket", "photos"),
                ("name", WorkerFixture.Name),
                ("generation", 7L),
                ("rule", "users/{uid}/photos/{photo}"),
                ("eventId", "event-Finalized-7"),
                ("eventType", "test.storage.object.v1.Finalized"),
                ("eventTime", Start),
                ("state", "due"),
                ("dueAt", now.AddSeconds(10)),
                ("attempts", 1L),
                ("firstFailedAt", now),
                ("lastFailedAt", now),
                ("errors", Fields.Array(Fields.Map(("code", "OBJECT_UNAVAILABLE"), ("message", "Not now."), ("at", now), ("instance", "w1")))),
                ("redrives", 0L)),
            _fixture.Letter.Fields);
    }

    [Fact]
    public async Task Fail_Permanent_IsFailedWithoutALetter()
    {
        var claim = await ClaimedAsync();

        Assert.Equal(FinishOutcome.Failed, await _worker.Ledger.FailAsync(claim, Permanent, CancellationToken.None));

        Assert.Equal(("failed", "NOT_AN_IMAGE", claim.Id), (_fixture.Status, Text(_fixture.Result, "error.code"), Text(_fixture.Result, "claimId")));
        Assert.Equal((DocumentValue)false, Value(_fixture.Result, "error.retryable"));
        Assert.Equal(2L, Integer(_fixture.Result, "image.height"));
        Assert.Null(Value(_fixture.Result, "lease"));
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Fail_PermanentAfterARetry_DeletesTheLetter()
    {
        await _worker.Ledger.FailAsync(await ClaimedAsync(), Transient, CancellationToken.None);

        await _worker.Ledger.FailAsync(await ClaimDueAsync(), Permanent, CancellationToken.None);

        Assert.Equal("failed", _fixture.Status);
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Fail_TransientEightTimes_BacksOffAndParks()
    {
        var claim = await ClaimedAsync();
        foreach (var seconds in new[] { 10, 20, 40, 80, 160, 320, 600 })
        {
            var now = _worker.Ledger.Clock.Now!.Value;
            Assert.Equal(FinishOutcome.Retrying, await _worker.Ledger.FailAsync(claim, Transient, CancellationToken.None));
            Assert.Equal(now.AddSeconds(seconds), Timestamp(_fixture.Letter, "dueAt"));
            _fixture.Time.Advance(TimeSpan.FromSeconds(seconds));
            claim = await ClaimDueAsync();
        }

        Assert.Equal(8, claim.Attempts);
        Assert.Equal(FinishOutcome.Parked, await _worker.Ledger.FailAsync(claim, Transient, CancellationToken.None));

        Assert.Equal(("failed", 8L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
        Assert.Equal(("parked", "ATTEMPTS_EXHAUSTED"), (Text(_fixture.Letter, "state"), Text(_fixture.Letter, "parkedReason")));
        Assert.Equal(8L, Integer(_fixture.Letter, "attempts"));
        Assert.Equal(8, ((DocumentValue.ArrayValue)Value(_fixture.Letter, "errors")!).Values.Length);
        Assert.NotEqual(Timestamp(_fixture.Letter, "firstFailedAt"), Timestamp(_fixture.Letter, "lastFailedAt"));
    }

    [Fact]
    public async Task Fail_Configuration_GivesTheAttemptBackAndParksAfterADay()
    {
        var claim = await ClaimedAsync();
        for (var failures = 0; failures < 24 * 6; failures++)
        {
            var now = _worker.Ledger.Clock.Now!.Value;
            Assert.Equal(1, claim.Attempts);
            Assert.Equal(FinishOutcome.Retrying, await _worker.Ledger.FailAsync(claim, Configuration, CancellationToken.None));
            Assert.Equal((0L, now.AddMinutes(10)), (Integer(_fixture.Result, "attempts"), Timestamp(_fixture.Letter, "dueAt")));
            _fixture.Time.Advance(TimeSpan.FromMinutes(10));
            claim = await ClaimDueAsync();
        }

        Assert.Equal(10, ((DocumentValue.ArrayValue)Value(_fixture.Letter, "errors")!).Values.Length);
        Assert.Equal(FinishOutcome.Parked, await _worker.Ledger.FailAsync(claim, Configuration, CancellationToken.None));
        Assert.Equal(("failed", "parked", "CONFIGURATION_NOT_MENDED"), (_fixture.Status, Text(_fixture.Letter, "state"), Text(_fixture.Letter, "parkedReason")));
    }

    [Fact]
    public async Task Release_Claim_GivesTheAttemptBackAndIsDueNow()
    {
        var claim = await ClaimedAsync();
        var now = _worker.Ledger.Clock.Now!.Value;

        Assert.Equal(FinishOutcome.Released, await _worker.Ledger.ReleaseAsync(claim, CancellationToken.None));

        Assert.Equal(("retrying", 0L, claim.Id), (_fixture.Status, Integer(_fixture.Result, "attempts"), Text(_fixture.Result, "claimId")));
        Assert.Equal(("due", now), (Text(_fixture.Letter, "state"), Timestamp(_fixture.Letter, "dueAt")));
        Assert.Equal(1, (await ClaimDueAsync()).Attempts);
    }

    [Fact]
    public async Task Complete_ExpiryConfigured_IsWrittenOnTerminalChangesOnly()
    {
        using var fixture = new WorkerFixture(DefaultOptions with { ResultsExpireAfter = TimeSpan.FromDays(7) });
        var worker = fixture.NewWorker();
        var claimed = (ClaimOutcome.Claimed)await worker.Ledger.ClaimAsync(
            WorkerFixture.Work(worker, fixture.Event(UploadEventKind.Finalized, 7)), null, CancellationToken.None);
        Assert.Null(Value(fixture.Result, "expireAt"));

        await worker.Ledger.CompleteAsync(claimed.Claim, ScriptedClassifier.Tulip, default, CancellationToken.None);
        Assert.Equal(worker.Ledger.Clock.Now!.Value.AddDays(7), Timestamp(fixture.Result, "expireAt")!.Value, TimeSpan.FromSeconds(1));

        await worker.DeadLetters.RedriveObjectAsync(WorkerFixture.Bucket, WorkerFixture.Name, CancellationToken.None);
        Assert.Null(Value(fixture.Result, "expireAt"));
    }

    private static string Status(Ending ending) => ending switch
    {
        Ending.Complete => "classified",
        Ending.FailPermanent => "failed",
        _ => "retrying",
    };

    private static FinishOutcome Expected(Ending ending) => ending switch
    {
        Ending.Complete => FinishOutcome.Classified,
        Ending.FailPermanent => FinishOutcome.Failed,
        Ending.FailTransient => FinishOutcome.Retrying,
        _ => FinishOutcome.Released,
    };

    private Task<FinishOutcome> EndAsync(Claim claim, Ending ending) => ending switch
    {
        Ending.Complete => CompleteAsync(claim),
        Ending.FailTransient => _worker.Ledger.FailAsync(claim, Transient, CancellationToken.None),
        Ending.FailPermanent => _worker.Ledger.FailAsync(claim, Permanent, CancellationToken.None),
        _ => _worker.Ledger.ReleaseAsync(claim, CancellationToken.None),
    };

    private Task<FinishOutcome> CompleteAsync(Claim claim) => _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, default, CancellationToken.None);

    private async Task<Claim> ClaimedAsync() => Assert.IsType<ClaimOutcome.Claimed>(await _worker.Ledger.ClaimAsync(
        WorkerFixture.Work(_worker, _fixture.Event(UploadEventKind.Finalized, 7)), null, CancellationToken.None)).Claim;

    private async Task<Claim> ClaimDueAsync()
    {
        var letter = await _worker.Ledger.FindLetterAsync(_fixture.LetterPath, CancellationToken.None);
        _fixture.Time.Advance(TimeSpan.FromSeconds(Math.Max(0, (letter!.Letter.DueAt - _fixture.Time.GetUtcNow()).TotalSeconds)));
        var work = WorkerFixture.Work(_worker, _fixture.Event(UploadEventKind.Finalized, 7));
        return Assert.IsType<ClaimOutcome.Claimed>(await _worker.Ledger.ClaimDueAsync(work, letter, CancellationToken.None)).Claim;
    }
}
