using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class UploadLedgerRedrivingTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public UploadLedgerRedrivingTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("classified", false)]
    [InlineData("failed", false)]
    [InlineData("failed", true)]
    [InlineData("retrying", true)]
    public async Task Redrive_StateThatAllowsIt_IsRetryingAndDueNow(string status, bool hasLetter)
    {
        _fixture.SetResult(ResultFields.Of(status, 7, Start).SetItem("label", "old").SetItem("attempts", 8L)
            .SetItem("error", Fields.Map(("code", "NOT_AN_IMAGE"), ("message", "No."), ("retryable", false))));
        if (hasLetter)
        {
            var parked = LetterFields.Due(7, Start.AddHours(3)).SetItem("state", "parked").SetItem("parkedReason", "ATTEMPTS_EXHAUSTED").SetItem("attempts", 8L);
            _fixture.Set(_fixture.LetterPath, parked.SetItem("redrives", 2L));
        }

        Assert.Equal(new RedriveOutcome.Redriven(7), await RedriveAsync());

        var now = _worker.Ledger.Clock.Now!.Value;
        Assert.Equal(("retrying", 0L, "claim-1"), (_fixture.Status, Integer(_fixture.Result, "attempts"), Text(_fixture.Result, "claimId")));
        Assert.Equal("old", Text(_fixture.Result, "label"));
        Assert.Null(Value(_fixture.Result, "error"));
        Assert.Equal(("due", 0L, null), (Text(_fixture.Letter, "state"), Integer(_fixture.Letter, "attempts"), Text(_fixture.Letter, "parkedReason")));
        Assert.Equal(hasLetter ? 3L : 1L, Integer(_fixture.Letter, "redrives"));
        Assert.True(Timestamp(_fixture.Letter, "dueAt") <= now);
        Assert.Null(Timestamp(_fixture.Letter, "firstFailedAt"));
        Assert.Equal(hasLetter ? 1 : 0, ((DocumentValue.ArrayValue)Value(_fixture.Letter, "errors")!).Values.Length);
    }

    [Fact]
    public async Task Redrive_Deleted_IsGone()
    {
        _fixture.SetResult(ResultFields.Of("deleted", 7, Start));

        Assert.IsType<RedriveOutcome.Gone>(await RedriveAsync());

        Assert.False(_fixture.Letter.Exists);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Redrive_Processing_IsInFlight(int secondsLater)
    {
        _fixture.SetResult(ResultFields.Of("processing", 7, Start));
        _fixture.Time.Advance(TimeSpan.FromSeconds(secondsLater));

        Assert.IsType<RedriveOutcome.InFlight>(await RedriveAsync());

        Assert.Equal("processing", _fixture.Status);
    }

    [Fact]
    public async Task Redrive_NothingThere_IsNotFound() => Assert.IsType<RedriveOutcome.NotFound>(await RedriveAsync());

    [Fact]
    public async Task Redrive_LetterWithoutAResult_IsDueNow()
    {
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start).SetItem("state", "parked"));

        Assert.Equal(new RedriveOutcome.Redriven(7), await RedriveAsync());
        Assert.Equal(("due", 1L), (Text(_fixture.Letter, "state"), Integer(_fixture.Letter, "redrives")));

        Assert.Equal(new RedriveOutcome.Redriven(7), await RedriveAsync());
        Assert.Equal(1L, Integer(_fixture.Letter, "redrives"));
        Assert.False(_fixture.Result.Exists);
    }

    [Fact]
    public async Task Redrive_OutcomeUnknownButDone_CountsOnce()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.Equal(new RedriveOutcome.Redriven(7), await RedriveAsync());

        Assert.Equal(1L, Integer(_fixture.Letter, "redrives"));
    }

    [Fact]
    public async Task Redrive_TwoAtOnce_IsDoneOnce()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));
        var raced = false;
        _fixture.Store.BeforeCommit = async _ =>
        {
            if (!raced)
            {
                raced = true;
                await RedriveAsync();
            }
        };

        Assert.Equal(new RedriveOutcome.Redriven(7), await RedriveAsync());

        Assert.Equal(1L, Integer(_fixture.Letter, "redrives"));
        Assert.Single(_fixture.Documents.History, static commit => commit.Writes.Length == 2);
    }

    [Fact]
    public async Task Redrive_ConditionWithAWrite_IsOneCommit()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));
        var note = new DocumentWrite.Set(new DocumentPath("notes", "n"), DocumentPrecondition.MustNotExist, DocumentFields.Empty, null, ["at"]);

        await _worker.Ledger.RedriveAsync(Target, _ => Task.FromResult<RedriveTicket>(new RedriveTicket.Granted(note)), CancellationToken.None);

        Assert.Equal(3, _fixture.Documents.History[^1].Writes.Length);
    }

    [Fact]
    public async Task Redrive_ConditionDenies_WritesNothing()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));

        var outcome = await _worker.Ledger.RedriveAsync(
            Target, static _ => Task.FromResult<RedriveTicket>(new RedriveTicket.Denied(RedriveDenial.OverQuota)), CancellationToken.None);

        Assert.Equal(new RedriveOutcome.Denied(RedriveDenial.OverQuota), outcome);
        Assert.Equal("failed", _fixture.Status);
    }

    private UploadTarget Target => _worker.Rules.Match(Bucket, Name)!;

    private Task<RedriveOutcome> RedriveAsync() => _worker.Ledger.RedriveAsync(Target, condition: null, CancellationToken.None);
}
