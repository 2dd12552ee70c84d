using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Uploads;

public sealed partial class UploadHandlerTests
{
    [Theory]
    [InlineData(null, Name, 7L)]
    [InlineData("", Name, 7L)]
    [InlineData(Bucket, null, 7L)]
    [InlineData(Bucket, "", 7L)]
    [InlineData(Bucket, Name, null)]
    [InlineData(Bucket, Name, 0L)]
    [InlineData(Bucket, Name, -1L)]
    public async Task Handle_DataThatCannotBeUsed_IsParkedAndAcknowledged(string? bucket, string? name, long? generation)
    {
        var upload = _fixture.Event(UploadEventKind.Finalized, generation, name) with { Bucket = bucket };

        Assert.Equal(new EventAnswer(EventVerdict.BadEvent), await HandleAsync(upload));
        Assert.Equal(new EventAnswer(EventVerdict.BadEvent), await HandleAsync(upload));

        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));
        Assert.Equal(DocumentIds.FromEvent(upload.EventId), letter.Path.Id);
        Assert.Equal(("parked", "BAD_EVENT", upload.EventType), (Text(letter, "state"), Text(letter, "parkedReason"), Text(letter, "eventType")));
        Assert.Single(_fixture.Documents.History);
    }

    [Fact]
    public async Task Handle_NameThatIsNoUnicode_IsParked()
    {
        foreach (var name in new[] { "users/u1/photos/\uD800", new string('a', 1025), new string('é', 513) })
        {
            var upload = _fixture.Event(UploadEventKind.Finalized, 7, name) with { EventId = name };
            Assert.Equal(EventVerdict.BadEvent, (await HandleAsync(upload)).Verdict);
        }

        Assert.Equal(3, _fixture.Documents.Peek("deadLetters").Length);
    }

    [Fact]
    public async Task Handle_BucketNotConfigured_IsParkedWhereARuleWouldMatch()
    {
        Assert.Equal(EventVerdict.NoRule, (await HandleAsync(_fixture.Event(UploadEventKind.Finalized, 7, "other") with { Bucket = "b2" })).Verdict);
        Assert.Empty(_fixture.Documents.History);

        Assert.Equal(
            new EventAnswer(EventVerdict.Parked), await HandleAsync(_fixture.Event(UploadEventKind.Finalized, 7) with { Bucket = "b2" }));

        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));
        Assert.Equal(("BUCKET_NOT_CONFIGURED", "b2", 7L), (Text(letter, "parkedReason"), Text(letter, "bucket"), Integer(letter, "generation")));
    }

    [Fact]
    public async Task Reject_DataThatCannotBeRead_KeepsTheBeginningOfIt()
    {
        var upload = _fixture.Event(UploadEventKind.Finalized, null, null);

        Assert.Equal(
            new EventAnswer(EventVerdict.BadEvent),
            await _worker.Uploads.RejectAsync(upload, "It is no JSON.", new string('x', 10_000) + "\uD800", CancellationToken.None));

        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));
        Assert.Equal(4096, Text(letter, "payload")!.Length);
    }

    [Fact]
    public async Task Handle_BadEventAndStoreAway_AsksForAnotherDelivery()
    {
        _fixture.Store.NextCommitFails(DocumentStoreError.PermissionDenied);

        Assert.Equal(EventVerdict.StoreUnavailable, (await HandleAsync(_fixture.Event(UploadEventKind.Finalized, null))).Verdict);
    }
}
