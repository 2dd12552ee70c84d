using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Support;
using Pipeline.Worker.Uploads;
using static Pipeline.Worker.Tests.Support.WorkerFixture;

namespace Pipeline.Worker.Tests.Retries;

public sealed class ClassificationRequestsTests : IDisposable
{
    private readonly WorkerFixture _fixture = new(DefaultOptions with { Quota = new QuotaOptions { Requests = 2 } });
    private readonly UploadWorker _worker;

    public ClassificationRequestsTests()
    {
        _worker = _fixture.NewWorker();
    }

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Handle_Classified_IsClassifiedAgain()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);

        Assert.Equal(new EventAnswer(EventVerdict.Classified), await HandleAsync("r1"));

        Assert.Equal(2, _fixture.Classifier.Requests.Length);
        Assert.Equal(1L, Integer(_fixture.Result, "attempts"));
        Assert.False(_fixture.Letter.Exists);
    }

    [Fact]
    public async Task Handle_SameRequestTwice_ActsAndCountsOnce()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        await HandleAsync("r1");

        Assert.Equal(EventVerdict.Duplicate, (await HandleAsync("r1")).Verdict);

        Assert.Equal(2, _fixture.Classifier.Requests.Length);
        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r2")).Verdict);
    }

    [Fact]
    public async Task Handle_OverQuota_IsAnsweredUntilTheWindowIsOver()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        await HandleAsync("r1");
        await HandleAsync("r2");

        Assert.Equal(new EventAnswer(EventVerdict.OverQuota), await HandleAsync("r3"));
        _fixture.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(EventVerdict.OverQuota, (await HandleAsync("r3")).Verdict);
        _fixture.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r3")).Verdict);
        Assert.Equal(4, _fixture.Classifier.Requests.Length);
    }

    [Fact]
    public async Task Handle_Quota_IsEachUsersOwn()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        await _worker.HandleAsync(_fixture.Upload("users/u2/photos/x"), CancellationToken.None);
        await HandleAsync("r1");
        await HandleAsync("r2");

        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r3", name: "users/u2/photos/x", user: "u2")).Verdict);
    }

    [Theory]
    [InlineData("u2")]
    [InlineData("")]
    [InlineData("U1")]
    public async Task Handle_SomebodyElsesObject_IsRefused(string user)
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);

        Assert.Equal(new EventAnswer(EventVerdict.NotOwner), await HandleAsync("r1", user: user));

        Assert.Equal("classified", _fixture.Status);
    }

    [Fact]
    public async Task Handle_UserNotInTheEvent_RestsOnTheSecurityRules()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);

        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r1", user: null)).Verdict);
    }

    [Fact]
    public async Task Handle_RuleWithoutOwner_IsRefused()
    {
        using var fixture = new WorkerFixture(DefaultOptions with { Rules = [new RuleOptions { Match = "**" }] });

        Assert.Equal(
            EventVerdict.NotOwner,
            (await fixture.NewWorker().Requests.HandleAsync(new ReclassificationRequest("r", Start, Bucket, Name, null), CancellationToken.None)).Verdict);
    }

    [Fact]
    public async Task Handle_NeverSeenObject_IsClassifiedLikeAnUpload()
    {
        _fixture.Upload();

        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r1")).Verdict);
        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r2")).Verdict);
        Assert.Equal(EventVerdict.OverQuota, (await HandleAsync("r3")).Verdict);
    }

    [Fact]
    public async Task Handle_TombstoneAndUploadedAgain_IsClassified()
    {
        var upload = _fixture.Upload();
        _fixture.Objects.Delete(Bucket, Name);
        await _worker.HandleAsync(_fixture.Event(UploadEventKind.Deleted, upload.Generation), CancellationToken.None);

        Assert.Equal(EventVerdict.NoObject, (await HandleAsync("r1")).Verdict);
        _fixture.Upload();
        Assert.Equal(EventVerdict.Classified, (await HandleAsync("r1")).Verdict);
    }

    [Fact]
    public async Task Handle_Processing_IsInFlight()
    {
        _fixture.SetResult(ResultFields.Of("processing", 7, Start));

        Assert.Equal(EventVerdict.InFlight, (await HandleAsync("r1")).Verdict);
        Assert.Empty(_fixture.Documents.Peek("classificationQuotas"));
    }

    [Fact]
    public async Task Handle_ModelNotReady_LeavesItToTheSweep()
    {
        await _worker.HandleAsync(_fixture.Upload(), CancellationToken.None);
        _fixture.Classifier.IsReady = false;

        Assert.Equal(new EventAnswer(EventVerdict.Deferred), await HandleAsync("r1"));
        Assert.Equal(("retrying", "due"), (_fixture.Status, Text(_fixture.Letter, "state")));

        _fixture.Classifier.IsReady = true;
        await _worker.Sweep.RunAsync(CancellationToken.None);
        Assert.Equal("classified", _fixture.Status);
    }

    [Theory]
    [InlineData(null, Name)]
    [InlineData("", Name)]
    [InlineData(Bucket, null)]
    [InlineData(Bucket, "")]
    public async Task Handle_UnusableRequest_IsParked(string? bucket, string? name)
    {
        var answer = await _worker.Requests.HandleAsync(new ReclassificationRequest("r1", Start, bucket, name, "u1"), CancellationToken.None);

        Assert.Equal(new EventAnswer(EventVerdict.BadEvent), answer);
        Assert.Equal(DocumentIds.FromEvent("r1"), Assert.Single(_fixture.Documents.Peek("deadLetters")).Path.Id);
    }

    [Fact]
    public async Task Handle_NoRule_IsIgnored() => Assert.Equal(EventVerdict.NoRule, (await HandleAsync("r1", name: "elsewhere")).Verdict);

    private Task<EventAnswer> HandleAsync(string id, string name = Name, string? user = "u1") =>
        _worker.Requests.HandleAsync(new ReclassificationRequest(id, Start, Bucket, name, user), CancellationToken.None);
}
