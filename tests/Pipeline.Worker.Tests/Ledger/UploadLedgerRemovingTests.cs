using Pipeline.Worker.Ledger;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Ledger;

public sealed class UploadLedgerRemovingTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public UploadLedgerRemovingTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Remove_NoDocument_MakesATombstone()
    {
        Assert.IsType<RemovalOutcome.Deleted>(await RemoveAsync(7));

        Assert.Equal(["attempts", "bucket", "claimId", "createdAt", "generation", "name", "owner", "status", "updatedAt"], _fixture.Result.Fields!.Keys);
        Assert.Equal(("deleted", 7L, 0L), (_fixture.Status, Integer(_fixture.Result, "generation"), Integer(_fixture.Result, "attempts")));
        Assert.Equal("u1", Text(_fixture.Result, "owner"));
    }

    [Theory]
    [InlineData("processing")]
    [InlineData("classified")]
    [InlineData("retrying")]
    [InlineData("failed")]
    public async Task Remove_AnyStatus_LeavesATombstoneWithoutTheResult(string status)
    {
        var fields = ResultFields.Of(status, 7, Start).SetItem("createdAt", "then").SetItem("owner", "u1").SetItem("app", "kept");
        foreach (var name in new[] { "label", "score", "labels", "model", "image", "timings", "error", "appDocument" })
        {
            fields = fields.SetItem(name, "x");
        }

        _fixture.SetResult(fields);
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(7, Start));

        Assert.IsType<RemovalOutcome.Deleted>(await RemoveAsync(7));

        Assert.Equal(["app", "attempts", "bucket", "claimId", "createdAt", "generation", "name", "owner", "status", "updatedAt"], _fixture.Result.Fields!.Keys);
        Assert.Equal(("deleted", "claim-1", "then"), (_fixture.Status, Text(_fixture.Result, "claimId"), Text(_fixture.Result, "createdAt")));
        Assert.False(_fixture.Letter.Exists);
    }

    [Theory]
    [InlineData(7L, 7L)]
    [InlineData(9L, 9L)]
    [InlineData(5L, 7L)]
    public async Task Remove_NothingLive_KeepsTheHigherGeneration(long existing, long expected)
    {
        _fixture.SetResult(ResultFields.Of("classified", existing, Start));

        await RemoveAsync(7);

        Assert.Equal(expected, Integer(_fixture.Result, "generation"));
    }

    [Theory]
    [InlineData(8L)]
    [InlineData(5L)]
    [InlineData(7L)]
    public async Task Remove_AGenerationIsLive_WritesNothing(long live)
    {
        _fixture.Upload(generation: live);
        _fixture.SetResult(ResultFields.Of("classified", 7, Start));

        var outcome = Assert.IsType<RemovalOutcome.Live>(await RemoveAsync(7));

        Assert.Equal(live, outcome.Metadata.Version.Generation);
        Assert.Equal(ResultFields.Of("classified", 7, Start), _fixture.Result.Fields);
    }

    [Theory]
    [InlineData(7L)]
    [InlineData(6L)]
    public async Task Remove_Again_WritesNothing(long generation)
    {
        await RemoveAsync(7);
        var before = _fixture.Result;

        Assert.IsType<RemovalOutcome.AlreadyDeleted>(await RemoveAsync(generation));

        Assert.Equal(before, _fixture.Result);
    }

    [Fact]
    public async Task Remove_TombstoneOfAnOlderGeneration_NamesTheNewerOne()
    {
        await RemoveAsync(7);

        Assert.IsType<RemovalOutcome.Deleted>(await RemoveAsync(8));

        Assert.Equal(8L, Integer(_fixture.Result, "generation"));
    }

    [Fact]
    public async Task Remove_WhileSomebodyWorks_RefusesItsResult()
    {
        var upload = _fixture.Upload();
        var claimed = (ClaimOutcome.Claimed)await _worker.Ledger.ClaimAsync(WorkerFixture.Work(_worker, upload), null, CancellationToken.None);
        _fixture.Objects.Delete(Bucket, Name);

        await RemoveAsync(upload.Generation!.Value);

        Assert.Equal(FinishOutcome.Lost, await _worker.Ledger.CompleteAsync(claimed.Claim, ScriptedClassifier.Tulip, default, CancellationToken.None));
        Assert.Equal("deleted", _fixture.Status);
    }

    [Fact]
    public async Task Remove_NewGenerationClaimedBetweenReadAndCommit_DoesNotBuryIt()
    {
        _fixture.SetResult(ResultFields.Of("classified", 7, Start));
        var raced = false;
        _fixture.Store.BeforeCommit = async _ =>
        {
            if (!raced)
            {
                raced = true;
                var upload = _fixture.Upload();
                await _fixture.NewWorker("w2").Ledger.ClaimAsync(WorkerFixture.Work(_worker, upload), null, CancellationToken.None);
            }
        };

        Assert.IsType<RemovalOutcome.Live>(await RemoveAsync(7));

        Assert.Equal("processing", _fixture.Status);
    }

    [Fact]
    public async Task Remove_OutcomeUnknownButDone_IsDoneOnce()
    {
        _fixture.Store.NextCommitIsDoneAndTimesOut();

        Assert.IsType<RemovalOutcome.Deleted>(await RemoveAsync(7));

        Assert.Equal(1, _fixture.Documents.Counters.Commits);
    }

    [Fact]
    public async Task Remove_BucketAway_Throws()
    {
        _fixture.Objects.Fail(Bucket, Name, ObjectStoreError.Unavailable);

        await Assert.ThrowsAsync<ObjectStoreException>(() => RemoveAsync(7));

        Assert.False(_fixture.Result.Exists);
    }

    private Task<RemovalOutcome> RemoveAsync(long generation) =>
        _worker.Ledger.RemoveAsync(WorkerFixture.Work(_worker, _fixture.Event(UploadEventKind.Deleted, generation)), CancellationToken.None);
}
