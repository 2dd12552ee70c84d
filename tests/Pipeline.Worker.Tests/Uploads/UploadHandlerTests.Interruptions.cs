using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Uploads;

public sealed partial class UploadHandlerTests
{
    [Fact]
    public async Task Handle_ModelNotReady_AsksForAnotherDeliveryBeforeClaiming()
    {
        _fixture.Classifier.IsReady = false;

        Assert.Equal(new EventAnswer(EventVerdict.ModelNotReady, TimeSpan.FromSeconds(10)), await HandleAsync(_fixture.Upload()));

        Assert.Equal(default, _fixture.Documents.Counters);
    }

    [Fact]
    public void Handle_StoreAway_AsksForAnotherDelivery()
    {
        for (var send = 0; send < 4; send++)
        {
            _fixture.Store.NextCommitFails(DocumentStoreError.Unavailable);
        }

        var answer = _fixture.Run(() => HandleAsync(_fixture.Upload()));

        Assert.Equal(new EventAnswer(EventVerdict.StoreUnavailable, TimeSpan.FromSeconds(10)), answer);
        Assert.Empty(_fixture.Classifier.Requests);
    }

    [Fact]
    public void Handle_OutcomeCannotBeRecorded_AsksForAnotherDelivery()
    {
        _fixture.Store.NextCommitPasses();
        for (var send = 0; send < 4; send++)
        {
            _fixture.Store.NextCommitFails(DocumentStoreError.ResourceExhausted);
        }

        Assert.Equal(EventVerdict.StoreUnavailable, _fixture.Run(() => HandleAsync(_fixture.Upload())).Verdict);
    }

    [Fact]
    public async Task Handle_ShutDownWhileWorking_GivesTheClaimBack()
    {
        using var stopping = new CancellationTokenSource();
        _fixture.Classifier.Answer = async (_, token) =>
        {
            stopping.Cancel();
            await Task.Delay(Timeout.InfiniteTimeSpan, _fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };

        var answer = await _worker.HandleAsync(_fixture.Upload(), stopping.Token);

        Assert.Equal(new EventAnswer(EventVerdict.ShuttingDown, TimeSpan.FromSeconds(10)), answer);
        Assert.Equal(("retrying", 0L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
        Assert.True(Timestamp(_fixture.Letter, "dueAt") <= _fixture.Time.GetUtcNow().AddSeconds(1));
    }

    [Fact]
    public void Handle_ShutDownAndStoreHangs_EndsInBoundedTime()
    {
        using var stopping = new CancellationTokenSource();
        _fixture.Classifier.Answer = async (_, token) =>
        {
            _fixture.Store.BeforeCommit = _ => Task.Delay(TimeSpan.FromDays(1), _fixture.Time, CancellationToken.None);
            stopping.Cancel();
            await Task.Delay(Timeout.InfiniteTimeSpan, _fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };

        var answer = _fixture.Run(() => _worker.HandleAsync(_fixture.Upload(), stopping.Token), seconds: 8);

        Assert.Equal(EventVerdict.ShuttingDown, answer.Verdict);
    }

    [Fact]
    public async Task Handle_AlreadyShuttingDown_ClaimsNothing()
    {
        Assert.Equal(EventVerdict.ShuttingDown, (await _worker.HandleAsync(_fixture.Upload(), new CancellationToken(canceled: true))).Verdict);

        Assert.Equal(default, _fixture.Documents.Counters);
    }

    [Fact]
    public void Handle_LeaseStolenWhileWorking_StopsTheWorkAtTheNextRenewal()
    {
        CancellationToken seen = default;
        _fixture.Classifier.Answer = async (_, token) =>
        {
            seen = token;
            _fixture.SetResult(ResultFields.Of("processing", Integer(_fixture.Result, "generation")!.Value, Start.AddYears(1)));
            await Task.Delay(Timeout.InfiniteTimeSpan, _fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };

        Assert.Equal(new EventAnswer(EventVerdict.TakenOver), _fixture.Run(() => HandleAsync(_fixture.Upload()), seconds: 13));

        Assert.True(seen.IsCancellationRequested);
        Assert.Equal("theirs", Text(_fixture.Result, "claimId"));
    }

    [Fact]
    public async Task Handle_QueueFull_AsksForAnotherDelivery()
    {
        using var fixture = new WorkerFixture(DefaultOptions with { Concurrency = 1, QueueLength = 1 });
        using var worker = fixture.NewWorker();
        var gate = new TaskCompletionSource<ImageClassification>();
        fixture.Classifier.Answer = (_, _) => gate.Task;
        var first = worker.HandleAsync(fixture.Upload("users/u1/photos/1"), CancellationToken.None);
        var second = worker.HandleAsync(fixture.Upload("users/u1/photos/2"), CancellationToken.None);

        Assert.Equal(
            new EventAnswer(EventVerdict.QueueFull, TimeSpan.FromSeconds(10)),
            await worker.HandleAsync(fixture.Upload("users/u1/photos/3"), CancellationToken.None));

        gate.SetResult(ScriptedClassifier.Tulip);
        Assert.Equal([EventVerdict.Classified, EventVerdict.Classified], (await Task.WhenAll(first, second)).Select(static answer => answer.Verdict));
    }
}
