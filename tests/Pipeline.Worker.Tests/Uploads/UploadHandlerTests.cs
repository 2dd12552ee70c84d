using Pipeline.Worker.Classification;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Uploads;

public sealed partial class UploadHandlerTests : IDisposable
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
