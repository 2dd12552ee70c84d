using Pipeline.Testing.Documents;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

/// <summary>What each way costs in document reads and writes.</summary>
public sealed class CostTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Handle_NewName_CostsTwoWritesAndNoRead()
    {
        var answer = await _fixture.NewWorker().HandleAsync(_fixture.Upload(), CancellationToken.None);

        Assert.Equal(new EventAnswer(EventVerdict.Classified), answer);
        Assert.Equal(new StoreCounters(Reads: 0, Writes: 2, Gets: 0, Queries: 0, Commits: 2, Refusals: 0), _fixture.Documents.Counters);
    }

    [Fact]
    public async Task Handle_WithAppDocument_CostsOneWriteMore()
    {
        using var fixture = new WorkerFixture(WorkerFixture.WithAppDocument());
        fixture.Set(fixture.AppPath, Fields.Of(("title", "mine")));
        var before = fixture.Documents.Counters;

        await fixture.NewWorker().HandleAsync(fixture.Upload(), CancellationToken.None);

        var cost = fixture.Documents.Counters - before;
        Assert.Equal((0, 3), (cost.Reads, cost.Writes));
    }

    [Fact]
    public void Handle_TwelveSecondsOfWork_CostsOneRenewal()
    {
        _fixture.Classifier.Answer = async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(13), _fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };

        _fixture.Run(() => _fixture.NewWorker().HandleAsync(_fixture.Upload(), CancellationToken.None));

        Assert.Equal((0, 3), (_fixture.Documents.Counters.Reads, _fixture.Documents.Counters.Writes));
    }

    [Fact]
    public async Task Handle_Duplicate_CostsOneRead()
    {
        var worker = _fixture.NewWorker();
        var upload = _fixture.Upload();
        await worker.HandleAsync(upload, CancellationToken.None);
        var before = _fixture.Documents.Counters;

        Assert.Equal(EventVerdict.Duplicate, (await worker.HandleAsync(upload, CancellationToken.None)).Verdict);

        var cost = _fixture.Documents.Counters - before;
        Assert.Equal((1, 0), (cost.Reads, cost.Writes));
    }

    [Fact]
    public async Task Handle_ReUpload_CostsOneReadMoreThanANewName()
    {
        var worker = _fixture.NewWorker();
        await worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        var before = _fixture.Documents.Counters;

        Assert.Equal(EventVerdict.Classified, (await worker.HandleAsync(_fixture.Upload(), CancellationToken.None)).Verdict);

        var cost = _fixture.Documents.Counters - before;
        Assert.Equal((1, 2), (cost.Reads, cost.Writes));
    }

    [Fact]
    public async Task Sweep_Idle_CostsTwoQueriesForEachPair()
    {
        using var fixture = new WorkerFixture(WorkerFixture.DefaultOptions with
        {
            Buckets =
            [
                new BucketOptions { Bucket = "a", Results = "ra", DeadLetters = "da" },
                new BucketOptions { Bucket = "b", Results = "rb", DeadLetters = "db" },
            ],
        });
        var worker = fixture.NewWorker();
        await worker.Sweep.RunAsync(CancellationToken.None);
        var before = fixture.Documents.Counters;

        await worker.Sweep.RunAsync(CancellationToken.None);

        Assert.Equal(new StoreCounters(Reads: 4, Writes: 0, Gets: 0, Queries: 4, Commits: 0, Refusals: 0), fixture.Documents.Counters - before);
    }

    [Fact]
    public async Task Handle_NoRule_CostsNothing()
    {
        var answer = await _fixture.NewWorker().HandleAsync(_fixture.Upload("thumbnails/x.png"), CancellationToken.None);

        Assert.Equal(new EventAnswer(EventVerdict.NoRule), answer);
        Assert.Equal(default, _fixture.Documents.Counters);
        Assert.Equal(0, _fixture.Objects.Lookups + _fixture.Objects.Downloads);
    }
}
