using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Retries;

public sealed class DeadLettersTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public DeadLettersTests()
    {
        _worker = _fixture.NewWorker();
    }

    private CollectionPair Pair => _worker.Rules.Pairs[0];

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task List_Pages_FindEachLetterOfTheStateOnceByDueTime()
    {
        for (var index = 0; index < 7; index++)
        {
            _fixture.Set(new DocumentPath("deadLetters", $"d{index}"), LetterFields.Due(7, Start.AddMinutes(-index)));
            _fixture.Set(new DocumentPath("deadLetters", $"p{index}"), LetterFields.Due(7, Start).SetItem("state", "parked"));
        }

        var found = new List<string>();
        DocumentSnapshot? next = null;
        do
        {
            var page = await _worker.DeadLetters.ListAsync(Pair, DeadLetterState.Due, 3, next, CancellationToken.None);
            found.AddRange(page.Letters.Select(static letter => letter.Path.Id));
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(["d6", "d5", "d4", "d3", "d2", "d1", "d0"], found);
        Assert.Equal(7, (await _worker.DeadLetters.ListAsync(Pair, DeadLetterState.Parked, 100, null, CancellationToken.None)).Letters.Length);
    }

    [Fact]
    public async Task Find_Letter_ReadsAllOfIt()
    {
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        var letter = (await _worker.DeadLetters.FindAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None))!.Letter;

        Assert.Equal(LetterFields.Due(7, Start), letter.ToFields());
        Assert.Equal("It broke.", Assert.Single(letter.Errors).Message);
        Assert.Null(await _worker.DeadLetters.FindAsync(Pair, "none", CancellationToken.None));
    }

    [Fact]
    public async Task Redrive_ParkedLetter_IsClassifiedByTheNextSweep()
    {
        var upload = _fixture.Upload();
        _fixture.SetResult(ResultFields.Of("failed", upload.Generation!.Value, Start).SetItem("attempts", 8L));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(upload.Generation.Value, Start).SetItem("state", "parked"));

        Assert.IsType<RedriveOutcome.Redriven>(await _worker.DeadLetters.RedriveAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None));
        await _worker.Sweep.RunAsync(CancellationToken.None);

        Assert.Equal(("classified", 1L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
    }

    [Fact]
    public async Task Redrive_BucketConfiguredMeanwhile_IsClassifiedWhereItBelongs()
    {
        var upload = _fixture.Upload();
        using (var before = new WorkerFixture(DefaultOptions with { Buckets = [new BucketOptions { Bucket = "old" }] }))
        {
            await before.NewWorker().HandleAsync(upload, CancellationToken.None);
            var letter = Assert.Single(before.Documents.Peek("deadLetters"));
            _fixture.Set(letter.Path, letter.Fields!);
        }

        var id = DocumentIds.FromEvent(upload.EventId);
        Assert.Equal(new RedriveOutcome.Redriven(upload.Generation!.Value), await _worker.DeadLetters.RedriveAsync(Pair, id, CancellationToken.None));
        await _worker.Sweep.RunAsync(CancellationToken.None);

        Assert.Equal("classified", _fixture.Status);
        Assert.Empty(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public async Task Redrive_LetterThatNamesNoObject_IsNotFound()
    {
        await _worker.HandleAsync(_fixture.Event(UploadEventKind.Finalized, null), CancellationToken.None);
        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));

        Assert.IsType<RedriveOutcome.NotFound>(await _worker.DeadLetters.RedriveAsync(Pair, letter.Path.Id, CancellationToken.None));
        Assert.IsType<RedriveOutcome.NotFound>(await _worker.DeadLetters.RedriveAsync(Pair, "none", CancellationToken.None));
    }

    [Fact]
    public async Task RedriveObject_ByName_NeedsARule()
    {
        _fixture.SetResult(ResultFields.Of("classified", 7, Start));

        Assert.Equal(new RedriveOutcome.Redriven(7), await _worker.DeadLetters.RedriveObjectAsync(Bucket, Name, CancellationToken.None));
        Assert.IsType<RedriveOutcome.NotFound>(await _worker.DeadLetters.RedriveObjectAsync(Bucket, "elsewhere", CancellationToken.None));
        Assert.IsType<RedriveOutcome.NotFound>(await _worker.DeadLetters.RedriveObjectAsync(Bucket, "", CancellationToken.None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParkOrDrop_Retrying_EndsTheWaiting(bool drop)
    {
        _fixture.SetResult(ResultFields.Of("retrying", 7, Start).SetItem("label", "old"));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        Assert.True(await EndAsync(drop));

        Assert.Equal(("failed", "GIVEN_UP"), (_fixture.Status, Text(_fixture.Result, "error.code")));
        Assert.Equal(("claim-1", null), (Text(_fixture.Result, "claimId"), Text(_fixture.Result, "label")));
        Assert.Equal(drop ? null : "parked", Text(_fixture.Letter, "state"));
        Assert.Equal(drop ? null : "OPERATOR", Text(_fixture.Letter, "parkedReason"));
        Assert.False(await EndAsync(drop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParkOrDrop_SomebodyIsWorking_ChangesNothing(bool drop)
    {
        _fixture.SetResult(ResultFields.Of("processing", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        Assert.False(await EndAsync(drop));

        Assert.Equal(("processing", "due"), (_fixture.Status, Text(_fixture.Letter, "state")));
    }

    [Fact]
    public async Task Drop_ParkedLetter_LeavesTheFailedResult()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start).SetItem("state", "parked"));

        Assert.True(await EndAsync(drop: true));

        Assert.Equal(ResultFields.Of("failed", 7, Start), _fixture.Result.Fields);
        Assert.False(_fixture.Letter.Exists);
    }

    private Task<bool> EndAsync(bool drop) => drop
        ? _worker.DeadLetters.DropAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None)
        : _worker.DeadLetters.ParkAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None);
}
