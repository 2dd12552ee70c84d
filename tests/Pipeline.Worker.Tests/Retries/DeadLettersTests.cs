using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
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
    public async Task List_Pages_FindEachLetterOnceDueBeforeParkedByTime()
    {
        for (var index = 0; index < 7; index++)
        {
            _fixture.Set(new DocumentPath("deadLetters", $"d{index}"), LetterFields.Due(7, Start.AddMinutes(-index)));
            _fixture.Set(new DocumentPath("deadLetters", $"p{index}"), LetterFields.Due(7, Start).SetItem("state", "parked"));
        }

        Assert.Equal(["d6", "d5", "d4", "d3", "d2", "d1", "d0", "p0", "p1", "p2", "p3", "p4", "p5", "p6"], await ListAsync(new DeadLetterFilter(), 3));
        Assert.Equal(["p0", "p1", "p2", "p3", "p4", "p5", "p6"], await ListAsync(new DeadLetterFilter { State = DeadLetterState.Parked }, 100));
    }

    [Fact]
    public async Task List_TwoBuckets_FindsTheLettersOfBoth()
    {
        using var fixture = new WorkerFixture(DefaultOptions with
        {
            Buckets =
            [
                new BucketOptions { Bucket = "a", Results = "r1", DeadLetters = "l1" },
                new BucketOptions { Bucket = "b", Results = "r2", DeadLetters = "l2" },
            ],
        });
        fixture.Set(new DocumentPath("l1", "x"), LetterFields.Due(7, Start).SetItem("bucket", "a"));
        fixture.Set(new DocumentPath("l2", "y"), LetterFields.Due(7, Start).SetItem("bucket", "b"));
        fixture.Set(new DocumentPath("l1", "z"), LetterFields.Due(7, Start).SetItem("bucket", "b"));
        var letters = fixture.NewWorker().DeadLetters;

        Assert.Equal(["x", "z", "y"], await ListAsync(letters, new DeadLetterFilter(), 1));
        Assert.Equal(["z", "y"], await ListAsync(letters, new DeadLetterFilter { Bucket = "b" }, 2));
    }

    [Fact]
    public async Task List_NothingMatchesAmongMany_EndsThePageAndGoesOn()
    {
        for (var index = 0; index < 2050; index++)
        {
            _fixture.Set(new DocumentPath("deadLetters", $"d{index:0000}"), LetterFields.Due(7, Start.AddSeconds(index)));
        }

        var filter = new DeadLetterFilter { Code = "NOT_AN_IMAGE" };
        var page = await _worker.DeadLetters.ListAsync(filter, 10, null, CancellationToken.None);
        Assert.Empty(page.Letters);
        Assert.Equal("d1999", page.Next?.Letter.Id);
        Assert.Null((await _worker.DeadLetters.ListAsync(filter, 10, page.Next, CancellationToken.None)).Next);
    }

    [Fact]
    public async Task List_CursorOfAnotherConfiguration_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(() => _worker.DeadLetters.ListAsync(
        new DeadLetterFilter(), 10, new DeadLetterCursor(new DocumentPath("others", "x"), DeadLetterState.Due, Start), CancellationToken.None));

    [Fact]
    public async Task Show_Letter_HasResultAndRule()
    {
        _fixture.SetResult(ResultFields.Of("retrying", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        var detail = await _worker.DeadLetters.ShowAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None);

        Assert.Equal("retrying", Text(detail!.Result, "status"));
        Assert.Equal(("u1", 7L), (detail.Target!.Owner, detail.Stored.Letter.Generation!.Value));
        Assert.Null(await _worker.DeadLetters.ShowAsync(Pair, "none", CancellationToken.None));
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

        Assert.IsType<RedriveOutcome.Redriven>(await RedriveAsync(_fixture.LetterPath.Id));
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
        Assert.Equal(new RedriveOutcome.Redriven(upload.Generation!.Value), await RedriveAsync(id));
        await _worker.Sweep.RunAsync(CancellationToken.None);

        Assert.Equal("classified", _fixture.Status);
        Assert.Empty(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public async Task Redrive_LetterThatNamesNoObject_IsNotFound()
    {
        await _worker.HandleAsync(_fixture.Event(UploadEventKind.Finalized, null), CancellationToken.None);
        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));

        Assert.IsType<RedriveOutcome.NotFound>(await RedriveAsync(letter.Path.Id));
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

        Assert.Equal(LetterOutcome.Done, await EndAsync(drop));

        Assert.Equal(("failed", "GIVEN_UP"), (_fixture.Status, Text(_fixture.Result, "error.code")));
        Assert.Equal(("claim-1", null), (Text(_fixture.Result, "claimId"), Text(_fixture.Result, "label")));
        Assert.Equal(drop ? null : "parked", Text(_fixture.Letter, "state"));
        Assert.Equal(drop ? null : "OPERATOR", Text(_fixture.Letter, "parkedReason"));
        Assert.Equal(drop ? null : LetterOutcome.AlreadyParked, await EndAsync(drop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ParkOrDrop_SomebodyIsWorking_ChangesNothing(bool drop)
    {
        _fixture.SetResult(ResultFields.Of("processing", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        Assert.Equal(LetterOutcome.InFlight, await EndAsync(drop));

        Assert.Equal(("processing", "due"), (_fixture.Status, Text(_fixture.Letter, "state")));
    }

    [Fact]
    public async Task Drop_ParkedLetter_LeavesTheFailedResult()
    {
        _fixture.SetResult(ResultFields.Of("failed", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start).SetItem("state", "parked"));

        Assert.Equal(LetterOutcome.Done, await EndAsync(drop: true));

        Assert.Equal(ResultFields.Of("failed", 7, Start), _fixture.Result.Fields);
        Assert.False(_fixture.Letter.Exists);
    }

    [Theory]
    [InlineData("redrive")]
    [InlineData("park")]
    [InlineData("drop")]
    public async Task Change_LetterThatChangedSinceItWasLookedAt_WritesNothing(string operation)
    {
        _fixture.SetResult(ResultFields.Of("retrying", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));
        var seen = await _worker.DeadLetters.FindAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None);
        _fixture.Touch(_fixture.LetterPath);
        var before = _fixture.Documents.History.Length;

        var isRefused = operation switch
        {
            "redrive" => await _worker.DeadLetters.RedriveAsync(seen!, CancellationToken.None) is RedriveOutcome.Changed,
            "park" => await _worker.DeadLetters.ParkAsync(seen!, CancellationToken.None) == LetterOutcome.Changed,
            _ => await _worker.DeadLetters.DropAsync(seen!, CancellationToken.None) == LetterOutcome.Changed,
        };

        Assert.True(isRefused);
        Assert.Equal(before, _fixture.Documents.History.Length);
    }

    [Theory]
    [InlineData("redrive")]
    [InlineData("park")]
    [InlineData("drop")]
    public async Task Change_LetterThatIsGone_IsNotFound(string operation)
    {
        _fixture.SetResult(ResultFields.Of("classified", 7, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));
        var seen = await _worker.DeadLetters.FindAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None);
        Assert.IsType<CommitOutcome.Committed>(await _fixture.Documents.CommitAsync(
            [new DocumentWrite.Delete(_fixture.LetterPath, DocumentPrecondition.None)], CancellationToken.None));

        Assert.True(operation switch
        {
            "redrive" => await _worker.DeadLetters.RedriveAsync(seen!, CancellationToken.None) is RedriveOutcome.NotFound,
            "park" => await _worker.DeadLetters.ParkAsync(seen!, CancellationToken.None) == LetterOutcome.NotFound,
            _ => await _worker.DeadLetters.DropAsync(seen!, CancellationToken.None) == LetterOutcome.NotFound,
        });
        Assert.Equal("classified", _fixture.Status);
    }

    [Theory]
    [InlineData("redrive", "failed")]
    [InlineData("park", "failed")]
    [InlineData("drop", "failed")]
    [InlineData("redrive", "retrying")]
    [InlineData("park", "retrying")]
    [InlineData("drop", "retrying")]
    [InlineData("redrive", null)]
    public async Task Change_OutcomeUnknownButDone_CountsAsDoneOnce(string operation, string? status)
    {
        if (status is not null)
        {
            _fixture.SetResult(ResultFields.Of(status, 7, Start));
        }

        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start.AddHours(1)));
        var seen = (await _worker.DeadLetters.FindAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None))!;
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.True(_fixture.Run(async () => operation switch
        {
            "redrive" => await _worker.DeadLetters.RedriveAsync(seen, CancellationToken.None) is RedriveOutcome.Redriven { Generation: 7 },
            "park" => await _worker.DeadLetters.ParkAsync(seen, CancellationToken.None) == LetterOutcome.Done,
            _ => await _worker.DeadLetters.DropAsync(seen, CancellationToken.None) == LetterOutcome.Done,
        }));

        Assert.Equal(operation == "drop" ? null : operation == "park" ? 0L : 1L, Integer(_fixture.Letter, "redrives"));
    }

    private Task<List<string>> ListAsync(DeadLetterFilter filter, int pageSize) => ListAsync(_worker.DeadLetters, filter, pageSize);

    /// <summary>All pages, with the cursor in its text form between them.</summary>
    private static async Task<List<string>> ListAsync(DeadLetters letters, DeadLetterFilter filter, int pageSize)
    {
        var found = new List<string>();
        string? next = null;
        do
        {
            DeadLetterCursor? cursor = null;
            Assert.True(next is null || DeadLetterCursor.TryParse(next, out cursor));
            var page = await letters.ListAsync(filter, pageSize, cursor, CancellationToken.None);
            Assert.True(page.Letters.Length <= pageSize);
            found.AddRange(page.Letters.Select(static letter => letter.Path.Id));
            next = page.Next?.ToString();
        }
        while (next is not null);

        return found;
    }

    private async Task<RedriveOutcome> RedriveAsync(string id) =>
        await _worker.DeadLetters.RedriveAsync((await _worker.DeadLetters.FindAsync(Pair, id, CancellationToken.None))!, CancellationToken.None);

    /// <returns>Null where there is no letter.</returns>
    private async Task<LetterOutcome?> EndAsync(bool drop)
    {
        var letter = await _worker.DeadLetters.FindAsync(Pair, _fixture.LetterPath.Id, CancellationToken.None);
        return letter is null ? null
            : drop ? await _worker.DeadLetters.DropAsync(letter, CancellationToken.None)
            : await _worker.DeadLetters.ParkAsync(letter, CancellationToken.None);
    }
}
