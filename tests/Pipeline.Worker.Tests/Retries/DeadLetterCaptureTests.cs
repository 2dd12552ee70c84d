using System.Text;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Retries;

public sealed class DeadLetterCaptureTests : IDisposable
{
    private readonly WorkerFixture _fixture = new();
    private readonly UploadWorker _worker;

    public DeadLetterCaptureTests()
    {
        _worker = _fixture.NewWorker();
    }

    public static TheoryData<string> Forms => ["notification", "binary", "structured", "base64"];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Handle_FinalizedInAnyForm_BecomesADueLetterThatTheSweepTakes(string form)
    {
        var generation = _fixture.Upload().Generation!.Value;

        Assert.Equal(new EventAnswer(EventVerdict.Captured), await HandleAsync(Message(form, UploadEventKind.Finalized, generation)));

        Assert.Equal(("due", generation, Name), (Text(_fixture.Letter, "state"), Integer(_fixture.Letter, "generation"), Text(_fixture.Letter, "name")));
        var letter = (await _worker.Ledger.FindLetterAsync(_fixture.LetterPath, CancellationToken.None))!.Letter;
        Assert.Equal("DELIVERY_GIVEN_UP", Assert.Single(letter.Errors).Code);
        Assert.False(_fixture.Result.Exists);

        await _worker.Sweep.RunAsync(CancellationToken.None);
        Assert.Equal(("classified", 1L), (_fixture.Status, Integer(_fixture.Result, "attempts")));
        Assert.False(_fixture.Letter.Exists);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Handle_DeletedInAnyForm_IsAppliedAtOnce(string form)
    {
        var upload = _fixture.Upload();
        await _worker.HandleAsync(upload, CancellationToken.None);
        _fixture.Objects.Delete(Bucket, Name);

        Assert.Equal(new EventAnswer(EventVerdict.Deleted), await HandleAsync(Message(form, UploadEventKind.Deleted, upload.Generation!.Value)));

        Assert.Equal("deleted", _fixture.Status);
    }

    [Fact]
    public async Task Handle_Twice_ChangesNothing()
    {
        var message = Message("notification", UploadEventKind.Finalized, 7);
        await HandleAsync(message);
        var before = _fixture.Letter;

        Assert.True((await HandleAsync(message)).IsAcknowledged);

        Assert.Equal(before, _fixture.Letter);
    }

    [Theory]
    [InlineData("classified", EventVerdict.Duplicate)]
    [InlineData("failed", EventVerdict.Duplicate)]
    [InlineData("deleted", EventVerdict.Duplicate)]
    [InlineData("retrying", EventVerdict.Deferred)]
    [InlineData("processing", EventVerdict.InFlight)]
    public async Task Handle_KnownAlready_WritesNothing(string status, EventVerdict verdict)
    {
        _fixture.SetResult(ResultFields.Of(status, 7, Start));

        Assert.Equal(new EventAnswer(verdict), await HandleAsync(Message("binary", UploadEventKind.Finalized, 7)));

        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Handle_NewerThanTheResult_BecomesADueLetter()
    {
        _fixture.SetResult(ResultFields.Of("retrying", 5, Start));
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(5, Start));

        Assert.Equal(EventVerdict.Captured, (await HandleAsync(Message("binary", UploadEventKind.Finalized, 7))).Verdict);

        Assert.Equal(7L, Integer(_fixture.Letter, "generation"));
    }

    [Fact]
    public async Task Handle_OlderThanTheLetter_LeavesTheLetter()
    {
        _fixture.Set(_fixture.LetterPath, LetterFields.Due(9, Start));

        await HandleAsync(Message("binary", UploadEventKind.Finalized, 7));

        Assert.Equal(9L, Integer(_fixture.Letter, "generation"));
    }

    [Fact]
    public async Task Handle_NoRule_IsIgnored()
    {
        Assert.Equal(EventVerdict.NoRule, (await HandleAsync(Message("notification", UploadEventKind.Finalized, 7, "elsewhere"))).Verdict);
        Assert.Empty(_fixture.Documents.History);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"other\"}")]
    [InlineData("{\"type\":5}")]
    [InlineData("{\"type\":\"\\ud800\"}")]
    public async Task Handle_AnythingElse_IsParkedUnderTheMessagesHash(string data)
    {
        var message = new PlatformMessage("m1", Start, new Dictionary<string, string> { ["a"] = "b" }, Encoding.UTF8.GetBytes(data));

        Assert.Equal(new EventAnswer(EventVerdict.BadEvent), await HandleAsync(message));

        var letter = Assert.Single(_fixture.Documents.Peek("deadLetters"));
        Assert.Equal((DocumentIds.FromEvent("m1"), "parked", $"a: b\n\n{data}"), (letter.Path.Id, Text(letter, "state"), Text(letter, "payload")));
    }

    [Fact]
    public async Task Handle_HugePayload_IsCapped()
    {
        var data = new byte[1_000_000];
        data.AsSpan().Fill(0xFF);

        await HandleAsync(new PlatformMessage("m1", null, new Dictionary<string, string>(), data));

        Assert.Equal(4096, Text(Assert.Single(_fixture.Documents.Peek("deadLetters")), "payload")!.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"bucket\":\"photos\",\"name\":\"users/u1/photos/p\",\"generation\":\"1e3\"}")]
    [InlineData("{\"bucket\":\"photos\",\"name\":\"users/u1/photos/p\",\"generation\":1.5}")]
    [InlineData("{\"bucket\":\"photos\",\"name\":\"users/u1/photos/p\",\"generation\":\"99999999999999999999\"}")]
    [InlineData("{\"bucket\":\"photos\",\"name\":[],\"generation\":7}")]
    [InlineData("{\"bucket\":\"photos\",\"name\":\"users/u1/photos/\\ud800\",\"generation\":7}")]
    [InlineData("{\"bucket\":\"photos\",\"bucket\":\"photos\",\"name\":\"users/u1/photos/p\",\"generation\":7}")]
    public async Task Handle_KnownTypeWithUnusableData_IsParked(string data)
    {
        var attributes = new Dictionary<string, string> { ["ce-type"] = "x.storage.object.v1.finalized", ["ce-id"] = "e1" };

        Assert.Equal(EventVerdict.BadEvent, (await HandleAsync(new PlatformMessage("m1", null, attributes, Encoding.UTF8.GetBytes(data)))).Verdict);

        Assert.Equal(DocumentIds.FromEvent("e1"), Assert.Single(_fixture.Documents.Peek("deadLetters")).Path.Id);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"7\"")]
    public async Task Handle_GenerationAsNumberOrText_IsUnderstood(string generation)
    {
        var attributes = new Dictionary<string, string> { ["ce-type"] = "x.storage.object.v1.finalized", ["ce-id"] = "e1" };
        var data = $$"""{"bucket":"{{Bucket}}","name":"{{Name}}","generation":{{generation}}}""";

        Assert.Equal(EventVerdict.Captured, (await HandleAsync(new PlatformMessage("m1", null, attributes, Encoding.UTF8.GetBytes(data)))).Verdict);

        Assert.Equal(7L, Integer(_fixture.Letter, "generation"));
    }

    [Fact]
    public async Task Handle_StoreAway_AsksForAnotherDelivery()
    {
        _fixture.Store.NextCommitFails(DocumentStoreError.PermissionDenied);

        Assert.Equal(EventVerdict.StoreUnavailable, (await HandleAsync(Message("binary", UploadEventKind.Finalized, 7))).Verdict);
    }

    private Task<EventAnswer> HandleAsync(PlatformMessage message) => _worker.Capture.HandleAsync(message, CancellationToken.None);

    private static PlatformMessage Message(string form, UploadEventKind kind, long generation, string name = Name)
    {
        var resource = $$"""{"bucket":"{{Bucket}}","name":"{{name}}","generation":"{{generation}}","metageneration":"1","contentType":"image/png","size":"3"}""";
        var type = $"x.storage.object.v1.{kind.ToString().ToLowerInvariant()}";
        var envelope = $"\"specversion\":\"1.0\",\"type\":\"{type}\",\"id\":\"e1\",\"time\":\"2026-11-25T11:59:00Z\"";
        return form switch
        {
            "notification" => new PlatformMessage(
                "m1",
                Start,
                new Dictionary<string, string>
                {
                    ["eventType"] = kind == UploadEventKind.Finalized ? "OBJECT_FINALIZE" : "OBJECT_DELETE",
                    ["bucketId"] = Bucket,
                    ["objectId"] = name,
                    ["objectGeneration"] = $"{generation}",
                    ["eventTime"] = "2026-11-25T11:59:00Z",
                    ["payloadFormat"] = "NONE",
                },
                default),
            "binary" => new PlatformMessage(
                "m1",
                Start,
                new Dictionary<string, string> { ["ce-type"] = type, ["ce-id"] = "e1", ["ce-time"] = "2026-11-25T11:59:00Z" },
                Encoding.UTF8.GetBytes(resource)),
            "structured" => new PlatformMessage(
                "m1", Start, new Dictionary<string, string>(), Encoding.UTF8.GetBytes($"{{{envelope},\"data\":{resource}}}")),
            _ => new PlatformMessage(
                "m1",
                Start,
                new Dictionary<string, string>(),
                Encoding.UTF8.GetBytes($"{{{envelope},\"data_base64\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(resource))}\"}}")),
        };
    }
}
