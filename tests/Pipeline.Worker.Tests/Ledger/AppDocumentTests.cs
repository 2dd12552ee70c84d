using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

/// <summary>The merge of results into a document of the app's own.</summary>
public sealed class AppDocumentTests : IDisposable
{
    private readonly WorkerFixture _fixture = new(WithAppDocument());
    private readonly UploadWorker _worker;

    public AppDocumentTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Complete_AppDocument_ReceivesThePublicPartAndKeepsItsOwn()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("title", "mine"), ("ai", Fields.Map(("other", 1L), ("result", Fields.Map(("mine", 2L), ("error", "old")))))));

        await CompleteAsync(_fixture);

        var app = _fixture.Documents.Peek(_fixture.AppPath);
        Assert.Equal(("mine", 1L, 2L), (Text(app, "title"), Integer(app, "ai.other"), Integer(app, "ai.result.mine")));
        Assert.Equal(
            ["generation", "image", "label", "labels", "mine", "model", "name", "score", "status", "updatedAt"],
            ((DocumentValue.MapValue)Value(app, "ai.result")!).Fields.Keys);
        Assert.Equal(("classified", "tulip", Name), (Text(app, "ai.result.status"), Text(app, "ai.result.label"), Text(app, "ai.result.name")));
        Assert.Equal(Value(_fixture.Result, "labels"), Value(app, "ai.result.labels"));
        Assert.Equal(_fixture.Result.UpdateTime, app.UpdateTime);
        Assert.Null(Value(_fixture.Result, "appDocument"));
    }

    [Fact]
    public async Task Fail_Permanent_ReachesTheAppDocument()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("ai", Fields.Map(("result", Fields.Map(("label", "old")))))));

        await _worker.Ledger.FailAsync(await ClaimedAsync(_fixture, _worker), new Failure(FailureCode.NotAnImage, "Text."), CancellationToken.None);

        var app = _fixture.Documents.Peek(_fixture.AppPath);
        Assert.Equal(("failed", "NOT_AN_IMAGE", null), (Text(app, "ai.result.status"), Text(app, "ai.result.error.code"), Text(app, "ai.result.label")));
    }

    [Fact]
    public async Task Fail_Transient_DoesNotTouchTheAppDocument()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("title", "mine")));
        var before = _fixture.Documents.Peek(_fixture.AppPath);

        await _worker.Ledger.FailAsync(await ClaimedAsync(_fixture, _worker), new Failure(FailureCode.Internal, "x"), CancellationToken.None);

        Assert.Equal(before, _fixture.Documents.Peek(_fixture.AppPath));
    }

    [Fact]
    public async Task Complete_AppDocumentMissing_IsSentAgainWithoutIt()
    {
        await CompleteAsync(_fixture);

        Assert.Equal(("classified", "missing"), (_fixture.Status, Text(_fixture.Result, "appDocument")));
        Assert.False(_fixture.Documents.Peek(_fixture.AppPath).Exists);
    }

    [Fact]
    public async Task Complete_StoreCallsTheRequestWrong_IsSentAgainWithoutTheAppDocument()
    {
        _fixture.Store.NextCommitPasses();
        _fixture.Store.NextCommitFails(DocumentStoreError.InvalidArgument);

        await CompleteAsync(_fixture);

        Assert.Equal(("classified", "refused"), (_fixture.Status, Text(_fixture.Result, "appDocument")));
    }

    [Fact]
    public async Task Complete_StrangerTouchedTheResult_StillReachesTheAppDocument()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("title", "mine")));
        var claim = await ClaimedAsync(_fixture, _worker);
        _fixture.Touch(_fixture.ResultPath);

        Assert.Equal(FinishOutcome.Classified, await _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, default, CancellationToken.None));

        Assert.Equal("classified", Text(_fixture.Documents.Peek(_fixture.AppPath), "ai.result.status"));
        Assert.Null(Value(_fixture.Result, "appDocument"));
    }

    [Fact]
    public async Task Complete_OutcomeUnknownButDone_IsMergedOnce()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("title", "mine")));
        var claim = await ClaimedAsync(_fixture, _worker);
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.Equal(FinishOutcome.Classified, await _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, default, CancellationToken.None));

        Assert.Equal(2, _fixture.Documents.History.Count(commit => commit.Writes.Any(write => write.Path == _fixture.AppPath)));
    }

    [Fact]
    public async Task Complete_SomebodyTookOver_DoesNotReachTheAppDocument()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("title", "mine")));
        var claim = await ClaimedAsync(_fixture, _worker);
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        await ClaimedAsync(_fixture, _fixture.NewWorker("w2"));

        Assert.Equal(FinishOutcome.Lost, await _worker.Ledger.CompleteAsync(claim, ScriptedClassifier.Tulip, default, CancellationToken.None));

        Assert.Equal(["title"], _fixture.Documents.Peek(_fixture.AppPath).Fields!.Keys);
    }

    [Fact]
    public async Task Remove_AppDocument_IsToldThatTheObjectIsGone()
    {
        _fixture.Set(_fixture.AppPath, Fields.Of(("ai", Fields.Map(("result", Fields.Map(("label", "old")))))));

        await RemoveAsync(_fixture);

        var app = _fixture.Documents.Peek(_fixture.AppPath);
        Assert.Equal(("deleted", null), (Text(app, "ai.result.status"), Text(app, "ai.result.label")));
    }

    [Fact]
    public async Task Remove_AppDocumentMissing_StillLeavesATombstone()
    {
        await RemoveAsync(_fixture);

        Assert.Equal(("deleted", "missing"), (_fixture.Status, Text(_fixture.Result, "appDocument")));
    }

    [Fact]
    public async Task Complete_Create_MakesTheAppDocument()
    {
        using var fixture = new WorkerFixture(WithAppDocument(create: true));

        await CompleteAsync(fixture);

        Assert.Equal("tulip", Text(fixture.Documents.Peek(fixture.AppPath), "ai.result.label"));
    }

    [Fact]
    public async Task Remove_Create_DoesNotBringTheAppDocumentBack()
    {
        using var fixture = new WorkerFixture(WithAppDocument(create: true));

        await RemoveAsync(fixture);

        Assert.Equal("deleted", fixture.Status);
        Assert.False(fixture.Documents.Peek(fixture.AppPath).Exists);
    }

    [Fact]
    public async Task Park_AttemptsUsedUp_ReachesTheAppDocumentOrGoesWithoutIt()
    {
        foreach (var exists in new[] { true, false })
        {
            using var fixture = new WorkerFixture(WithAppDocument());
            if (exists)
            {
                fixture.Set(fixture.AppPath, Fields.Of(("title", "mine")));
            }

            fixture.SetResult(ResultFields.Of("processing", 7, Start).SetItem("attempts", 8L));
            fixture.Time.Advance(TimeSpan.FromSeconds(61));
            var worker = fixture.NewWorker();

            Assert.IsType<ClaimOutcome.Parked>(await worker.Ledger.ClaimAsync(Work(fixture, worker), null, CancellationToken.None));

            Assert.Equal(("failed", "parked"), (fixture.Status, Text(fixture.Letter, "state")));
            Assert.Equal(exists ? null : "missing", Text(fixture.Result, "appDocument"));
            Assert.Equal(exists ? "failed" : null, Text(fixture.Documents.Peek(fixture.AppPath), "ai.result.status"));
        }
    }

    private static UploadWork Work(WorkerFixture fixture, UploadWorker worker) => WorkerFixture.Work(worker, fixture.Event(UploadEventKind.Finalized, 7));

    private static async Task<Claim> ClaimedAsync(WorkerFixture fixture, UploadWorker worker) =>
        Assert.IsType<ClaimOutcome.Claimed>(await worker.Ledger.ClaimAsync(Work(fixture, worker), null, CancellationToken.None)).Claim;

    private static async Task CompleteAsync(WorkerFixture fixture)
    {
        var worker = fixture.NewWorker("completing");
        Assert.Equal(FinishOutcome.Classified, await worker.Ledger.CompleteAsync(
            await ClaimedAsync(fixture, worker), ScriptedClassifier.Tulip, default, CancellationToken.None));
    }

    private static async Task RemoveAsync(WorkerFixture fixture)
    {
        var worker = fixture.NewWorker("removing");
        Assert.IsType<RemovalOutcome.Deleted>(await worker.Ledger.RemoveAsync(Work(fixture, worker), CancellationToken.None));
    }
}
