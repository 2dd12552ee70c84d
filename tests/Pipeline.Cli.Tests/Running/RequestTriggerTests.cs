using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Cli.Running;
using Pipeline.Cli.Tests.Support;
using Pipeline.Embedded.Delivery;
using Pipeline.Firebase.Firestore;

namespace Pipeline.Cli.Tests.Running;

public sealed class RequestTriggerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(Now);
    private readonly PlayedServices _services = new();

    [Fact]
    public async Task Document_ThatComes_IsPostedOnceAsTheEventThatThePlatformWouldSend()
    {
        using var trigger = await StartAsync();
        _services.Documents = Page(Now.AddSeconds(-1), "a b%é");

        await UntilAsync(() => !_services.Events.IsEmpty);
        await LookAsync(3);

        var (headers, data) = Assert.Single(_services.Events);
        Assert.NotEmpty(data);
        Assert.Equal("application/protobuf", headers["Content-Type"]);
        Assert.Equal("google.cloud.firestore.document.v1.created", headers["ce-type"]);
        Assert.Equal("//firestore.googleapis.com/projects/demo-p/databases/(default)", headers["ce-source"]);
        Assert.Equal("documents/classificationRequests/a%20b%25%C3%A9", headers["ce-subject"]);
        Assert.Equal("classificationRequests/a%20b%25%C3%A9", headers["ce-document"]);
        Assert.Equal(("1.0", "2026-03-04T05:06:06.000000Z", "(default)", "(default)"), (headers["ce-specversion"], headers["ce-time"], headers["ce-database"], headers["ce-namespace"]));
    }

    [Fact]
    public async Task Delivery_NotAcknowledged_IsRepeatedWithTheSameIdUntilItIs()
    {
        _services.Answer(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.Found, HttpStatusCode.NoContent);
        _services.Documents = Page(Now, "r1");
        using var trigger = await StartAsync();

        await UntilAsync(() => _services.Events.Count == 4);
        await LookAsync(20);

        Assert.Equal(4, _services.Events.Count);
        Assert.Single(_services.Events.Select(each => each.Headers["ce-id"]).Distinct());
    }

    [Fact]
    public async Task Start_WithDocumentsThatWereThereBefore_PostsThoseOfTheLastDay()
    {
        _services.Documents = Page((Now.AddDays(-2), "older"), (Now.AddHours(-23), "old"), (Now.AddSeconds(-1), "new"));
        using var trigger = await StartAsync();

        await UntilAsync(() => _services.Events.Count == 2);
        await LookAsync(3);

        Assert.Equal(["classificationRequests/new", "classificationRequests/old"], _services.Events.Select(each => each.Headers["ce-document"]).Order(StringComparer.Ordinal));
        Assert.Equal(2, _services.Events.Select(each => each.Headers["ce-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Delivery_InVainForADay_IsGivenUp()
    {
        _services.Answer([.. Enumerable.Repeat(HttpStatusCode.ServiceUnavailable, 10_000)]);
        _services.Documents = Page(Now, "r1");
        using var trigger = await StartAsync();
        await UntilAsync(() => !_services.Events.IsEmpty);

        for (var hours = 0; hours < 30; hours++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            await LookAsync(2);
        }

        var tried = _services.Events.Count;
        await LookAsync(50);
        Assert.InRange(tried, 2, 200);
        Assert.Equal(tried, _services.Events.Count);
    }

    [Fact]
    public async Task Emulator_ThatIsGoneOrAnswersNonsense_IsAskedAgain()
    {
        _services.Documents = null;
        using var trigger = await StartAsync();
        await LookAsync(3);
        _services.Documents = "<html>";
        await LookAsync(3);
        _services.Documents = """{"documents":[{"name":7}]}""";
        await LookAsync(3);
        _services.Documents = Page(Now, "r1");

        await UntilAsync(() => !_services.Events.IsEmpty);

        Assert.Single(_services.Events);
    }

    public void Dispose() => _services.Dispose();

    private static string Page(DateTimeOffset created, string id) => Page((created, id));

    private static string Page(params (DateTimeOffset Created, string Id)[] documents) => System.Text.Json.JsonSerializer.Serialize(new
    {
        documents = documents.Select(document => new
        {
            name = $"projects/demo-p/databases/(default)/documents/classificationRequests/{document.Id}",
            fields = new { name = new { stringValue = "users/u1/a.jpg" } },
            createTime = document.Created,
            updateTime = document.Created,
        }),
    });

    private async Task<RequestTrigger> StartAsync()
    {
        var trigger = new RequestTrigger(
            new FirestoreOptions("demo-p") { EmulatorHost = "127.0.0.1:8085" },
            new EventDeliveryOptions(new Uri("http://127.0.0.1:8080/events/firestore")) { InitialBackoff = TimeSpan.FromSeconds(1) },
            new HttpClient(_services),
            _time,
            NullLogger<RequestTrigger>.Instance);
        await trigger.StartAsync(TestContext.Current.CancellationToken);
        return trigger;
    }

    /// <summary>Lets the emulator be asked some times more.</summary>
    private Task LookAsync(int times)
    {
        var until = _services.Looks + times;
        return UntilAsync(() => _services.Looks >= until);
    }

    private async Task UntilAsync(Func<bool> isTrue)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!isTrue())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience);
            _time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
