using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Ledger;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Retries;

public sealed class SweepTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public SweepTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Run_LetterDue_RetriesAndDeletesIt()
    {
        _fixture.Objects.Fail(Bucket, Name, ObjectStoreError.Unavailable);
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        _fixture.Objects.Fail(Bucket, Name, null);

        Assert.Equal(0, (await SweepAsync()).DueLetters);
        _fixture.Time.Advance(TimeSpan.FromSeconds(11));
        var report = await SweepAsync();

        Assert.Equal((1, 0, 1), (report.DueLetters, report.ExpiredLeases, report.Outcomes["Classified"]));
        Assert.Equal(("classified", 2L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
        Assert.False(_fixture.Letter.Exists);
        Assert.Equal(0, (await SweepAsync()).DueLetters);
    }

    [Fact]
    public async Task Run_PoisonThatKillsItsInstance_IsParkedAfterEightAttempts()
    {
        var upload = _fixture.Upload();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            // Dies while it works: the claim stays as it is.
            _ = await _fixture.NewWorker($"dead{attempt}").Ledger.ClaimAsync(WorkerFixture.Work(_worker, upload), null, CancellationToken.None);
            Assert.Equal((attempt, "processing"), ((int)Integer(_fixture.Result, "attempts")!.Value, _fixture.Status));
            _fixture.Time.Advance(TimeSpan.FromSeconds(61));
        }

        var report = await SweepAsync();

        Assert.Equal((1, 1), (report.ExpiredLeases, report.Outcomes["Parked"]));
        Assert.Equal(("failed", "parked"), (_fixture.Status, Text(_fixture.Letter, "state")));
        Assert.Empty(_fixture.Classifier.Requests);
        Assert.Equal(0, (await SweepAsync()).ExpiredLeases);
    }

    [Fact]
    public async Task Run_LeaseOver_TakesTheWorkUp()
    {
        var upload = _fixture.Upload();
        await _fixture.NewWorker("dead").Ledger.ClaimAsync(WorkerFixture.Work(_worker, upload), null, CancellationToken.None);

        _fixture.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, (await SweepAsync()).ExpiredLeases);
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, (await SweepAsync()).Outcomes["Classified"]);

        Assert.Equal(("classified", 2L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
    }

    [Fact]
    public async Task Run_ObjectGone_LeavesATombstone()
    {
        _fixture.Objects.Fail(Bucket, Name, ObjectStoreError.Unavailable);
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        _fixture.Objects.Fail(Bucket, Name, null);
        _fixture.Objects.Delete(Bucket, Name);
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(1, (await SweepAsync()).Outcomes["Deleted"]);

        Assert.Equal("deleted", _fixture.Status);
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Run_Overwritten_ClassifiesTheLiveGeneration()
    {
        _fixture.Objects.Fail(Bucket, Name, ObjectStoreError.Unavailable);
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        _fixture.Objects.Fail(Bucket, Name, null);
        var live = _fixture.Upload();
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));

        await SweepAsync();

        Assert.Equal((live.Generation, "classified"), (Integer(_fixture.Result, "generation"), _fixture.Status));
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Run_TwoAtOnce_ClaimEachLetterOnce()
    {
        await DueAsync(60);
        var other = _fixture.NewWorker("w2");

        var reports = await Task.WhenAll(
            Task.Run(() => _worker.Sweep.RunAsync(CancellationToken.None)), Task.Run(() => other.Sweep.RunAsync(CancellationToken.None)));

        Assert.Equal(60, reports.Sum(static report => report.Outcomes.GetValueOrDefault("Classified")));
        Assert.Equal(60, _fixture.Classifier.Requests.Length);
        Assert.Empty(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public async Task Run_MoreThanAPage_TakesTheOldestAndLeavesTheRest()
    {
        await DueAsync(120);

        var first = await SweepAsync();
        Assert.Equal((100, 100), (first.DueLetters, first.Outcomes["Classified"]));
        Assert.Equal(20, _fixture.Documents.Peek("deadLetters").Length);
        Assert.Equal(20, (await SweepAsync()).DueLetters);
    }

    [Fact]
    public async Task Run_CountUsedUp_LeavesTheRest()
    {
        using var fixture = new WorkerFixture(DefaultOptions with { Sweep = new SweepOptions { MaxItems = 3 } });
        await DueAsync(5, fixture);

        var report = await fixture.NewWorker().Sweep.RunAsync(CancellationToken.None);

        Assert.Equal((5, 3, 2), (report.DueLetters, report.Outcomes["Classified"], report.NotStarted));
    }

    [Fact]
    public async Task Run_TimeUsedUp_StartsNothingNewAndGivesBackWhatGoesOn()
    {
        using var fixture = new WorkerFixture(DefaultOptions with
        {
            Sweep = new SweepOptions { StartWithin = TimeSpan.FromSeconds(20), StopAfter = TimeSpan.FromSeconds(30), Concurrency = 1 },
        });
        await DueAsync(5, fixture);
        fixture.Classifier.Answer = async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(12), fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };

        var report = fixture.Run(() => fixture.NewWorker().Sweep.RunAsync(CancellationToken.None));

        Assert.Equal((2, 3), (report.Outcomes["Classified"], report.NotStarted));
        Assert.InRange(report.Duration, TimeSpan.FromSeconds(24), TimeSpan.FromSeconds(30));

        fixture.Classifier.Answer = async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(1), fixture.Time, token);
            return ScriptedClassifier.Tulip;
        };
        report = fixture.Run(() => fixture.NewWorker().Sweep.RunAsync(CancellationToken.None));
        Assert.Equal((1, 2), (report.Outcomes["ShuttingDown"], report.NotStarted));
        Assert.Equal(3, fixture.Documents.Peek("deadLetters").Length);
    }

    [Fact]
    public async Task Run_ShutDown_EndsAtOnce()
    {
        await DueAsync(5);

        var report = await _worker.Sweep.RunAsync(new CancellationToken(canceled: true));

        Assert.Empty(report.Outcomes);
        Assert.Empty(_fixture.Classifier.Requests);
    }

    [Fact]
    public async Task Run_Letters_AreTakenNAtATime()
    {
        await DueAsync(10);
        var (running, most) = (0, 0);
        _fixture.Classifier.Answer = async (_, _) =>
        {
            most = Math.Max(most, ++running);
            await Task.Yield();
            await Task.Yield();
            running--;
            return ScriptedClassifier.Tulip;
        };

        _fixture.Run(() => _worker.Sweep.RunAsync(CancellationToken.None));

        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Run_ExpiredLeases_AreTakenOneAtATime()
    {
        for (var index = 0; index < 6; index++)
        {
            var upload = _fixture.Upload($"users/u1/photos/{index}");
            await _fixture.NewWorker("dead").Ledger.ClaimAsync(WorkerFixture.Work(_worker, upload), null, CancellationToken.None);
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(62));
        var (running, most) = (0, 0);
        _fixture.Classifier.Answer = async (_, _) =>
        {
            most = Math.Max(most, ++running);
            await Task.Yield();
            running--;
            return ScriptedClassifier.Tulip;
        };

        var report = _fixture.Run(() => _worker.Sweep.RunAsync(CancellationToken.None));

        Assert.Equal((6, 1), (report.Outcomes["Classified"], most));
    }

    [Fact]
    public async Task Run_SweepsThatDied_TheirLettersAreTakenByTheirLeasesOneAtATime()
    {
        await DueAsync(6);
        var dead = _fixture.NewWorker("dead");
        foreach (var document in _fixture.Documents.Peek("deadLetters"))
        {
            var letter = StoredLetter.Read(document)!;
            var upload = _fixture.Event(UploadEventKind.Finalized, letter.Letter.Generation, letter.Letter.Name);
            Assert.IsType<ClaimOutcome.Claimed>(await dead.Ledger.ClaimDueAsync(WorkerFixture.Work(dead, upload), letter, CancellationToken.None));
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(62));
        var (running, most) = (0, 0);
        _fixture.Classifier.Answer = async (_, _) =>
        {
            most = Math.Max(most, ++running);
            await Task.Yield();
            running--;
            return ScriptedClassifier.Tulip;
        };

        var report = _fixture.Run(() => _worker.Sweep.RunAsync(CancellationToken.None));

        Assert.Equal((6, 6, 6, 1), (report.DueLetters, report.ExpiredLeases, report.Outcomes["Classified"], most));
        Assert.Empty(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public async Task Run_LettersOrder_IsShuffledByChance()
    {
        var orders = new List<string>();
        foreach (var chance in new[] { 0.0, 0.999 })
        {
            using var fixture = new WorkerFixture(DefaultOptions with { Sweep = new SweepOptions { Concurrency = 1 } }) { Chance = chance };
            await DueAsync(5, fixture);
            await fixture.NewWorker().Sweep.RunAsync(CancellationToken.None);
            orders.Add(string.Join(' ', fixture.Classifier.Requests.Select(static request => request.Subject)));
        }

        Assert.NotEqual(orders[0], orders[1]);
    }

    [Fact]
    public async Task Run_WarmsTheModelsFirstAndSaysWhatFailed()
    {
        _fixture.Classifier.WarmUp = static () => throw new ClassificationException(FailureCode.ModelInvalid, "The manifest is wrong.");
        await DueAsync(1);

        var report = await SweepAsync();

        Assert.Equal(1, _fixture.Classifier.WarmUps);
        Assert.Equal("MODEL_INVALID: The manifest is wrong.", report.WarmUpError);
        Assert.Equal(1, report.Outcomes["Classified"]);
    }

    [Fact]
    public async Task Run_ModelNotReady_ClaimsNothing()
    {
        await DueAsync(1);
        _fixture.Classifier.IsReady = false;

        Assert.Equal(1, (await SweepAsync()).Outcomes["ModelNotReady"]);

        Assert.Single(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public void Run_StoreAway_SaysSo()
    {
        _fixture.Store.BeforeRead = static () => throw new DocumentStoreException(DocumentStoreError.Unavailable, "query", "the test says so.");

        Assert.True(_fixture.Run(() => _worker.Sweep.RunAsync(CancellationToken.None)).StoreUnavailable);
    }

    [Fact]
    public async Task Run_SomethingUnforeseen_DoesNotEndTheSweep()
    {
        await DueAsync(3);
        var isFirst = true;
        _fixture.Store.BeforeCommit = _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                throw new InvalidOperationException("the test says so.");
            }

            return Task.CompletedTask;
        };

        var report = await SweepAsync();

        Assert.Equal((2, 1), (report.Outcomes["Classified"], report.Outcomes["Unexpected"]));
    }

    [Fact]
    public async Task Run_RuleGone_ParksTheLetterAndFailsTheResult()
    {
        const string Orphan = "elsewhere/x.png";
        var id = DocumentIds.FromName(Orphan);
        _fixture.Set(new DocumentPath("classifications", id), ResultFields.Of("retrying", 7, Start, Orphan));
        _fixture.Set(new DocumentPath("deadLetters", id), LetterFields.Due(7, Start, Orphan));

        Assert.Equal(1, (await SweepAsync()).Outcomes["Parked"]);

        Assert.Equal("failed", Text(_fixture.Documents.Peek(new DocumentPath("classifications", id)), "status"));
        Assert.Equal("RULE_NOT_FOUND", Text(_fixture.Documents.Peek(new DocumentPath("deadLetters", id)), "parkedReason"));
    }

    [Fact]
    public async Task Run_RuleGoneWhileProcessing_EndsInAParkedLetter()
    {
        const string Orphan = "elsewhere/x.png";
        var id = DocumentIds.FromName(Orphan);
        _fixture.Set(new DocumentPath("classifications", id), ResultFields.Of("processing", 7, Start, Orphan));
        _fixture.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(1, (await SweepAsync()).Outcomes["Retrying"]);
        _fixture.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, (await SweepAsync()).Outcomes["Parked"]);

        Assert.Equal("failed", Text(_fixture.Documents.Peek(new DocumentPath("classifications", id)), "status"));
        Assert.Empty(_fixture.Classifier.Requests);
    }

    [Fact]
    public async Task Run_LetterKeptElsewhere_IsClassifiedWhereItBelongs()
    {
        var upload = _fixture.Upload();
        var elsewhere = new DocumentPath("deadLetters", DocumentIds.FromEvent("e1"));
        _fixture.Set(elsewhere, LetterFields.Due(upload.Generation!.Value, Start));

        Assert.Equal(1, (await SweepAsync()).Outcomes["Classified"]);

        Assert.Equal("classified", _fixture.Status);
        Assert.Empty(_fixture.Documents.Peek("deadLetters"));
    }

    [Fact]
    public async Task Run_TypeRefusedAtTheRetry_Fails()
    {
        _fixture.Upload(contentType: "text/plain");
        var generation = (await _fixture.Objects.FindLiveAsync(Bucket, Name, CancellationToken.None))!.Version.Generation;
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(generation, Start));

        Assert.Equal(1, (await SweepAsync()).Outcomes["Failed"]);

        Assert.Equal("TYPE_NOT_ALLOWED", Text(_fixture.Result, "error.code"));
    }

    private Task<SweepReport> SweepAsync() => _worker.Sweep.RunAsync(CancellationToken.None);

    private Task DueAsync(int count) => DueAsync(count, _fixture);

    /// <summary>Uploads that failed once and are due.</summary>
    private static async Task DueAsync(int count, WorkerFixture fixture)
    {
        var answer = fixture.Classifier.Answer;
        fixture.Classifier.Fail(FailureCode.ClassificationTimedOut);
        var worker = fixture.NewWorker("failing");
        for (var index = 0; index < count; index++)
        {
            Assert.Equal(EventVerdict.Retrying, (await worker.HandleAsync(fixture.Upload($"users/u1/photos/{index}"), CancellationToken.None)).Verdict);
        }

        fixture.Classifier.Reset(answer);
        fixture.Time.Advance(TimeSpan.FromMinutes(1));
    }
}
