using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Functions.Tests;

public sealed class CaptureDeadLetterTests
{
    private const string Published = "google.cloud.pubsub.topic.v1.messagePublished";
    private const string Name = "users/u1/a.jpg";

    [Theory(Timeout = 120_000)]
    [InlineData("Eventarc's message")]
    [InlineData("wrapped push")]
    [InlineData("push without a wrapper")]
    public async Task Message_OfTheEventarcTopic_BecomesADueLetterAndIsClassified(string way)
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        var attributes = Attributes("finalized");

        using var response = await SendAsync(function, way, attributes, RunningFunction.Data(Name, generation), "/events/dead-letters");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var letter = (await function.LetterAsync(Name))!;
        Assert.Equal(("due", "e1", attributes["ce-type"]), (Text(letter["state"]), Text(letter["eventId"]), Text(letter["eventType"])));
        while (await function.LetterAsync(Name) is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _ = await function.MaintainAsync("/maintain");
        }

        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
    }

    [Theory]
    [InlineData("Eventarc's message")]
    [InlineData("wrapped push")]
    [InlineData("push without a wrapper")]
    public async Task Message_OfADeletion_IsAppliedAtOnce(string way)
    {
        await using var function = await RunningFunction.StartAsync<CaptureDeadLetter>();

        using var response = await SendAsync(function, way, Attributes("deleted"), RunningFunction.Data(Name, 7), "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("deleted", (await function.ResultAsync(Name))!["status"]);
        Assert.Empty(await function.LettersAsync());
    }

    [Fact]
    public async Task Push_OfAnotherServicesEvent_IsParkedWithItsAttributes()
    {
        await using var function = await RunningFunction.StartAsync<CaptureDeadLetter>();
        var attributes = Attributes("finalized");
        attributes["ce-type"] = "google.cloud.firestore.document.v1.created";

        using var response = await SendAsync(function, "push without a wrapper", attributes, "\u0001\u0002", "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var letter = Assert.Single(await function.LettersAsync()).Fields!;
        Assert.Equal(("parked", attributes["ce-type"]), (Text(letter["state"]), Text(letter["eventType"])));
        Assert.Contains("ce-id: e1\n", Text(letter["payload"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_OfAnEventThatTheDoorKnows_IsClassified()
    {
        await using var function = await RunningFunction.StartAsync<ClassifyUpload>();
        var generation = await function.PutAsync(Name);

        using var response = await SendAsync(function, "push without a wrapper", Attributes("finalized"), RunningFunction.Data(Name, generation), "/");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
        Assert.Empty(await function.LettersAsync());
    }

    [Fact]
    public async Task Message_StorageNotificationAsRawPush_BecomesADueLetter()
    {
        await using var function = await RunningFunction.StartAsync<CaptureDeadLetter>();
        var generation = await function.PutAsync(Name);
        var push = JsonSerializer.Serialize(new
        {
            message = new
            {
                attributes = new Dictionary<string, string>
                {
                    ["eventType"] = "OBJECT_FINALIZE", ["bucketId"] = RunningFunction.Bucket, ["objectId"] = Name, ["objectGeneration"] = $"{generation}",
                },
                data = string.Empty,
                messageId = "m1",
                publishTime = "2026-01-01T00:00:00Z",
            },
            subscription = "projects/p/subscriptions/s",
        });

        using var response = await function.Client.PostAsync(
            "/", new StringContent(push, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("due", (await function.LetterAsync(Name))!["state"]);
    }

    [Theory]
    [InlineData("""{"message":{"messageId":"m1","data":"aGVsbG8="}}""")]
    [InlineData("""{}""")]
    [InlineData("""{""")]
    public async Task Message_OfUnknownForm_IsParked(string data)
    {
        await using var function = await RunningFunction.StartAsync<CaptureDeadLetter>();

        using var response = await function.SendEventAsync(Published, data);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("parked", Assert.Single(await function.LettersAsync()).Fields!["state"]);
    }

    /// <summary>What a message of Eventarc's topic says of its event, the platform's own words when it gave up, and a word of somebody else.</summary>
    private static Dictionary<string, string> Attributes(string kind) => new()
    {
        ["ce-id"] = "e1",
        ["ce-type"] = $"google.cloud.storage.object.v1.{kind}",
        ["ce-source"] = "//storage.googleapis.com/projects/_/buckets/uploads",
        ["ce-specversion"] = "1.0",
        ["ce-subject"] = $"objects/{Name}",
        ["ce-time"] = "2026-11-25T12:00:00.5Z",
        ["ce-bucket"] = RunningFunction.Bucket,
        ["content-type"] = "application/json",
        ["CloudPubSubDeadLetterSourceDeliveryCount"] = "10",
    };

    private static Task<HttpResponseMessage> SendAsync(RunningFunction function, string way, Dictionary<string, string> attributes, string data, string path)
    {
        if (way == "Eventarc's message")
        {
            return function.SendEventAsync(Published, Message(attributes, data), path);
        }

        var isWrapped = way == "wrapped push";
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(isWrapped ? Message(attributes, data) : data, Encoding.UTF8, isWrapped ? "application/json" : "application/x-www-form-urlencoded"),
        };
        if (!isWrapped)
        {
            request.Headers.Add("x-goog-pubsub-message-id", "m1");
            request.Headers.Add("x-goog-pubsub-subscription-name", "projects/p/subscriptions/s");
            foreach (var (name, value) in attributes)
            {
                _ = request.Headers.TryAddWithoutValidation(name, value) || (request.Content.Headers.ContentType = new(value)) is not null;
            }
        }

        return function.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Text(DocumentValue value) => Assert.IsType<DocumentValue.StringValue>(value).Value;

    private static string Message(Dictionary<string, string> attributes, string data) => JsonSerializer.Serialize(new
    {
        message = new { attributes, data = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)), messageId = "m1", publishTime = "2026-01-01T00:00:00Z" },
        subscription = "projects/p/subscriptions/s",
    });
}
