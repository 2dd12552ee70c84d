using Pipeline.Worker.Classification;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class UploadHandlerTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public UploadHandlerTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Handle_Upload_IsClassifiedWithItsTimes()
    {
        var upload = _fixture.Upload();
        _fixture.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(new EventAnswer(EventVerdict.Classified), await HandleAsync(upload));

        Assert.Equal(("classified", "tulip"), (_fixture.Status, Text(_fixture.Result, "label")));
        Assert.Equal(2000.0, Value(_fixture.Result, "timings.queueMs"));
        var request = Assert.Single(_fixture.Classifier.Requests);
        Assert.Equal([1, 2, 3], request.Content.ToArray());
        Assert.Equal((null, $"{Bucket}/{Name}"), (request.Model, request.Subject));
        Assert.Equal(0, _fixture.Objects.Lookups);
    }

    [Fact]
    public async Task Handle_ThousandDeliveries_ClassifyOnce()
    {
        var upload = _fixture.Upload();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => Task.Run(() => HandleAsync(upload))));

        Assert.All(answers, static answer => Assert.True(
            answer.Verdict is EventVerdict.Classified or EventVerdict.Duplicate or EventVerdict.InFlight or EventVerdict.QueueFull, answer.ToString()));
        Assert.Single(answers, static answer => answer.Verdict == EventVerdict.Classified);
        Assert.Single(_fixture.Classifier.Requests);
        Assert.Equal(1L, Integer(_fixture.Result, "attempts"));
    }

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,3,2")]
    [InlineData("2,1,3")]
    [InlineData("2,3,1")]
    [InlineData("3,1,2")]
    [InlineData("3,2,1")]
    public async Task Handle_GenerationsInAnyOrder_EndAtTheLiveOne(string order)
    {
        foreach (var generation in new[] { 101, 102, 103 })
        {
            _fixture.Upload(generation: generation);
        }

        foreach (var generation in order.Split(',').Select(static digit => 100L + digit[0] - '0'))
        {
            Assert.True((await HandleAsync(_fixture.Event(UploadEventKind.Finalized, generation))).IsAcknowledged);
        }

        Assert.Equal((103L, "classified"), (Integer(_fixture.Result, "generation"), _fixture.Status));
        var generations = _fixture.Documents.History
            .SelectMany(static commit => commit.Changes)
            .Where(static change => Text(change.After, "status") == "classified")
            .Select(static change => Integer(change.After, "generation"));
        Assert.Equal([103L], generations.Distinct());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/pdf")]
    [InlineData("imagex/png")]
    public async Task Handle_TypeNotAllowed_FailsWithoutReadingOrWaitingForAModel(string type)
    {
        _fixture.Classifier.IsReady = false;

        Assert.Equal(new EventAnswer(EventVerdict.Failed), await HandleAsync(_fixture.Upload(contentType: type)));

        Assert.Equal(("failed", "TYPE_NOT_ALLOWED"), (_fixture.Status, Text(_fixture.Result, "error.code")));
        Assert.False(_fixture.Letter.Exists);
        Assert.Equal(0, _fixture.Objects.Downloads);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("application/octet-stream")]
    public async Task Handle_TypeSaysNothing_TheBytesDecide(string? type)
    {
        Assert.Equal(EventVerdict.Classified, (await HandleAsync(_fixture.Upload(contentType: type))).Verdict);

        using var strict = new WorkerFixture(DefaultOptions with { Rules = [DefaultOptions.Rules[0] with { Types = ["image/jpeg"] }] });
        Assert.Equal(EventVerdict.Failed, (await strict.NewWorker().HandleAsync(strict.Upload(contentType: type), CancellationToken.None)).Verdict);
        Assert.Equal("TYPE_NOT_ALLOWED", Text(strict.Result, "error.code"));
    }

    [Fact]
    public async Task Handle_ObjectThatVanished_LeavesATombstone()
    {
        var upload = _fixture.Upload();
        _fixture.Objects.Delete(Bucket, Name);

        Assert.Equal(new EventAnswer(EventVerdict.Deleted), await HandleAsync(upload));

        Assert.Equal(("deleted", upload.Generation), (_fixture.Status, Integer(_fixture.Result, "generation")));
        Assert.Equal(EventVerdict.Duplicate, (await HandleAsync(upload)).Verdict);
    }

    [Fact]
    public async Task Handle_ObjectOverwritten_ClassifiesTheLiveGeneration()
    {
        var old = _fixture.Upload();
        var live = _fixture.Upload();

        Assert.Equal(EventVerdict.Classified, (await HandleAsync(old)).Verdict);

        Assert.Equal(live.Generation, Integer(_fixture.Result, "generation"));
        Assert.Equal(EventVerdict.Duplicate, (await HandleAsync(live)).Verdict);
    }

    [Fact]
    public async Task Handle_ObjectOverwrittenByARefusedType_Fails()
    {
        var old = _fixture.Upload();
        _fixture.Upload(contentType: "text/html");

        Assert.Equal(EventVerdict.Failed, (await HandleAsync(old)).Verdict);

        Assert.Equal("TYPE_NOT_ALLOWED", Text(_fixture.Result, "error.code"));
    }

    [Fact]
    public async Task Handle_ObjectDeletedWhileClassified_RefusesTheResult()
    {
        var upload = _fixture.Upload();
        _fixture.Classifier.Answer = async (_, token) =>
        {
            _fixture.Objects.Delete(Bucket, Name);
            await _fixture.NewWorker("w2").HandleAsync(_fixture.Event(UploadEventKind.Deleted, upload.Generation), token);
            return ScriptedClassifier.Tulip;
        };

        Assert.Equal(new EventAnswer(EventVerdict.TakenOver), await HandleAsync(upload));

        Assert.Equal(("deleted", null), (_fixture.Status, Text(_fixture.Result, "label")));
    }

    [Theory]
    [InlineData(ObjectStoreError.Unavailable, "OBJECT_UNAVAILABLE", EventVerdict.Retrying, 1L)]
    [InlineData(ObjectStoreError.ChecksumMismatch, "CHECKSUM_MISMATCH", EventVerdict.Retrying, 1L)]
    [InlineData(ObjectStoreError.PermissionDenied, "OBJECT_DENIED", EventVerdict.Retrying, 0L)]
    [InlineData(ObjectStoreError.TooLarge, "TOO_LARGE", EventVerdict.Failed, 1L)]
    public async Task Handle_ObjectCannotBeRead_IsClassed(ObjectStoreError error, string code, EventVerdict verdict, long attempts)
    {
        var upload = _fixture.Upload();
        _fixture.Objects.Fail(Bucket, Name, error);

        Assert.Equal(new EventAnswer(verdict), await HandleAsync(upload));

        Assert.Equal((code, attempts), (Text(_fixture.Result, "error.code"), Integer(_fixture.Result, "attempts")));
        Assert.Equal(verdict == EventVerdict.Retrying, _fixture.Letter.Exists);
        Assert.DoesNotContain(Name, Text(_fixture.Result, "error.message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handle_ObjectStoreThatStalls_IsATransientFailure(bool inLookup)
    {
        using var fixture = new WorkerFixture();
        using var worker = NewWorker(fixture, new StallingObjectStore(inLookup));

        var answer = fixture.Run(() => worker.HandleAsync(fixture.Upload(), CancellationToken.None));

        Assert.Equal(new EventAnswer(EventVerdict.Retrying), answer);
        Assert.Equal(("retrying", "OBJECT_UNAVAILABLE", 1L), (fixture.Status, Text(fixture.Result, "error.code"), Integer(fixture.Result, "attempts")));
        Assert.Equal("due", Text(fixture.Letter, "state"));
    }

    [Fact]
    public void Removal_ObjectStoreThatStalls_AsksForAnotherDelivery()
    {
        using var fixture = new WorkerFixture();
        using var worker = NewWorker(fixture, new StallingObjectStore(inLookup: true));

        var answer = fixture.Run(() => worker.HandleAsync(fixture.Event(UploadEventKind.Deleted, 7), CancellationToken.None));

        Assert.Equal(new EventAnswer(EventVerdict.BucketUnavailable, fixture.Options.RetryAfter), answer);
        Assert.False(fixture.Result.Exists);
    }

    [Fact]
    public void Handle_ClassificationThatHangs_IsATransientFailure()
    {
        _fixture.Classifier.Answer = static (_, _) => new TaskCompletionSource<ImageClassification>().Task;

        Assert.Equal(EventVerdict.Retrying, _fixture.Run(() => HandleAsync(_fixture.Upload())).Verdict);

        Assert.Equal("CLASSIFICATION_TIMED_OUT", Text(_fixture.Result, "error.code"));
    }

    [Fact]
    public async Task Handle_ModelMissing_IsAConfigurationFailure()
    {
        _fixture.Classifier.Fail(FailureCode.ModelNotFound, new ImageFacts("png", 4, 5, 6, 1));

        Assert.Equal(EventVerdict.Retrying, (await HandleAsync(_fixture.Upload())).Verdict);

        Assert.Equal(("MODEL_NOT_FOUND", 0L), (Text(_fixture.Result, "error.code"), Integer(_fixture.Result, "attempts")));
        Assert.Equal(5L, Integer(_fixture.Result, "image.height"));
        Assert.Equal("due", Text(_fixture.Letter, "state"));
    }

    [Fact]
    public async Task Handle_ExceptionThatNobodyForesaw_SaysNoMoreThanItsType()
    {
        _fixture.Classifier.Answer = static (_, _) => throw new InvalidOperationException("secret/path token=abc");

        Assert.Equal(EventVerdict.Retrying, (await HandleAsync(_fixture.Upload())).Verdict);

        Assert.Equal("INTERNAL", Text(_fixture.Result, "error.code"));
        Assert.Equal("An unexpected InvalidOperationException ended the work.", Text(_fixture.Result, "error.message"));
    }

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

    [Fact]
    public async Task Handle_StoredAsGzip_IsUnpackedFirst()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write([7, 7, 7]);
        }

        var metadata = _fixture.Objects.Put(Bucket, Name, packed.ToArray(), "image/png", null, "gzip");
        await HandleAsync(_fixture.Event(UploadEventKind.Finalized, metadata.Version.Generation) with { ContentEncoding = "gzip" });

        Assert.Equal([7, 7, 7], Assert.Single(_fixture.Classifier.Requests).Content.ToArray());
    }

    private Task<EventAnswer> HandleAsync(UploadEvent upload) => _worker.HandleAsync(upload, CancellationToken.None);

    private static UploadWorker NewWorker(WorkerFixture fixture, IObjectStore objects) => new(
        fixture.Options, fixture.Store, objects, fixture.Classifier, "w1", fixture.Time, () => 0, () => Guid.NewGuid().ToString("N"),
        Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

    /// <summary>Never answers a download, or says that the generation is gone and never which one is live. Does not listen to its token.</summary>
    private sealed class StallingObjectStore(bool inLookup) : IObjectStore
    {
        public Task<ObjectMetadata?> FindLiveAsync(string bucket, string name, CancellationToken cancellationToken) =>
            new TaskCompletionSource<ObjectMetadata?>().Task;

        public Task<ReadOnlyMemory<byte>> DownloadAsync(ObjectVersion version, long maxBytes, CancellationToken cancellationToken) => inLookup
            ? throw new ObjectStoreException(ObjectStoreError.NotFound, version.Bucket, version.Name, "it is gone.")
            : new TaskCompletionSource<ReadOnlyMemory<byte>>().Task;
    }
}
