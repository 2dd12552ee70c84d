using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class RemovalHandlerTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public RemovalHandlerTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(UploadEventKind.Deleted)]
    [InlineData(UploadEventKind.Archived)]
    public async Task Handle_ObjectGone_LeavesATombstone(UploadEventKind kind)
    {
        var upload = _fixture.Upload();
        await HandleAsync(upload);
        _fixture.Objects.Delete(Bucket, Name);

        Assert.Equal(new EventAnswer(EventVerdict.Deleted), await HandleAsync(_fixture.Event(kind, upload.Generation)));
        Assert.Equal(("deleted", null), (_fixture.Status, Text(_fixture.Result, "label")));
        Assert.Equal(new EventAnswer(EventVerdict.Duplicate), await HandleAsync(_fixture.Event(kind, upload.Generation)));
    }

    [Fact]
    public async Task Handle_Overwrite_IgnoresTheOldGenerationsDeletion()
    {
        var old = _fixture.Upload();
        await HandleAsync(old);
        var live = _fixture.Upload();

        Assert.Equal(new EventAnswer(EventVerdict.StillLive), await HandleAsync(_fixture.Event(UploadEventKind.Deleted, old.Generation)));
        Assert.Equal("classified", _fixture.Status);
        Assert.Equal(EventVerdict.Classified, (await HandleAsync(live)).Verdict);
        Assert.Equal(new EventAnswer(EventVerdict.StillLive), await HandleAsync(_fixture.Event(UploadEventKind.Deleted, old.Generation)));
        Assert.Equal((live.Generation, "classified"), (Integer(_fixture.Result, "generation"), _fixture.Status));
    }

    [Fact]
    public async Task Handle_DeletionBeforeTheUploadsEvent_NoResultAppears()
    {
        var upload = _fixture.Upload();
        _fixture.Objects.Delete(Bucket, Name);

        await HandleAsync(_fixture.Event(UploadEventKind.Deleted, upload.Generation));

        Assert.Equal(EventVerdict.Duplicate, (await HandleAsync(upload)).Verdict);
        Assert.Equal("deleted", _fixture.Status);
        Assert.Empty(_fixture.Classifier.Requests);
    }

    [Fact]
    public async Task Handle_UploadedAgainAfterDeletion_IsClassified()
    {
        var first = _fixture.Upload();
        await HandleAsync(first);
        _fixture.Objects.Delete(Bucket, Name);
        await HandleAsync(_fixture.Event(UploadEventKind.Deleted, first.Generation));

        Assert.Equal(EventVerdict.Classified, (await HandleAsync(_fixture.Upload())).Verdict);
    }

    [Fact]
    public async Task Handle_DeletionThatComesLate_DoesNotBuryTheNewUpload()
    {
        var first = _fixture.Upload();
        await HandleAsync(first);
        await HandleAsync(_fixture.Upload());

        Assert.Equal(EventVerdict.StillLive, (await HandleAsync(_fixture.Event(UploadEventKind.Deleted, first.Generation))).Verdict);
    }

    [Fact]
    public async Task Handle_BucketAway_AsksForAnotherDelivery()
    {
        _fixture.Objects.Fail(Bucket, Name, ObjectStoreError.Unavailable);

        Assert.Equal(new EventAnswer(EventVerdict.BucketUnavailable, TimeSpan.FromSeconds(10)), await HandleAsync(_fixture.Event(UploadEventKind.Deleted, 7)));
    }

    [Fact]
    public async Task Handle_NoRuleOrBadData_IsAnsweredAsForUploads()
    {
        Assert.Equal(EventVerdict.NoRule, (await HandleAsync(_fixture.Event(UploadEventKind.Deleted, 7, "other"))).Verdict);
        Assert.Equal(EventVerdict.BadEvent, (await HandleAsync(_fixture.Event(UploadEventKind.Deleted, null))).Verdict);
    }

    private Task<EventAnswer> HandleAsync(UploadEvent upload) => _worker.HandleAsync(upload, CancellationToken.None);
}
