using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;

namespace Pipeline.Worker.Tests.Ledger;

/// <summary>Interleavings that a simulation has found.</summary>
public sealed class UploadLedgerRaceTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task ClaimAsync_WasLiveUntilTheNextGenerationWasClaimed_IsSuperseded()
    {
        var worker = _fixture.NewWorker();
        var seenLive = _fixture.Upload(generation: 100);
        await worker.HandleAsync(_fixture.Upload(generation: 200), CancellationToken.None);

        var outcome = await worker.Ledger.ClaimAsync(WorkerFixture.Work(worker, seenLive), isLive: true, CancellationToken.None);

        Assert.Equal(ClaimVerdict.Superseded, Assert.IsType<ClaimOutcome.Declined>(outcome).Verdict);
        Assert.Equal(200, WorkerFixture.Integer(_fixture.Result, "generation"));
    }

    [Fact]
    public async Task ClaimAsync_WasLiveUntilTheNextGenerationWasCaptured_LeavesItsLetter()
    {
        var worker = _fixture.NewWorker();
        var seenLive = _fixture.Upload(generation: 100);
        var next = _fixture.Upload(generation: 200);
        await worker.Ledger.CaptureAsync(WorkerFixture.Work(worker, next), CancellationToken.None);

        await worker.Ledger.ClaimAsync(WorkerFixture.Work(worker, seenLive), isLive: true, CancellationToken.None);

        Assert.Equal(200, WorkerFixture.Integer(_fixture.Letter, "generation"));
        Assert.Equal("due", WorkerFixture.Text(_fixture.Letter, "state"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RedriveAsync_DoneAndClassifiedBeforeItsAnswerIsKnown_IsNotDoneTwice(bool fromFailed)
    {
        var worker = _fixture.NewWorker();
        if (fromFailed)
        {
            _fixture.Classifier.Fail(FailureCode.NotAnImage);
        }

        await worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        _fixture.Classifier.Answer = static (_, _) => Task.FromResult(ScriptedClassifier.Tulip);
        _fixture.Store.NextCommitIsDoneAndTimesOut();
        var sends = 0;
        _fixture.Store.BeforeCommit = async _ =>
        {
            if (++sends == 2)
            {
                await _fixture.NewWorker("w2").Sweep.RunAsync(CancellationToken.None);
            }
        };

        var outcome = await worker.DeadLetters.RedriveObjectAsync(WorkerFixture.Bucket, WorkerFixture.Name, CancellationToken.None);

        Assert.IsType<RedriveOutcome.Redriven>(outcome);
        Assert.Equal("classified", _fixture.Status);
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task HandleAsync_LiveGenerationIsReplacedBeforeItIsClaimed_TheNextOneIsClassified()
    {
        var late = _fixture.Upload(generation: 100);
        _fixture.Objects.Delete(WorkerFixture.Bucket, WorkerFixture.Name);
        _fixture.Upload(generation: 50);
        var reads = 0;
        _fixture.Store.BeforeRead = () =>
        {
            if (++reads == 2)
            {
                _fixture.Upload(generation: 60);
            }

            return Task.CompletedTask;
        };

        await _fixture.NewWorker().HandleAsync(late, CancellationToken.None);

        Assert.Equal(("classified", 60L), (_fixture.Status, WorkerFixture.Integer(_fixture.Result, "generation")));
    }
}
