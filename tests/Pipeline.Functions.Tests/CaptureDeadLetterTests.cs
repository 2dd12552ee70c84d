using System.Net;
using System.Text;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests;

public sealed class CaptureDeadLetterTests
{
    private const string Published = "google.cloud.pubsub.topic.v1.messagePublished";
    private const string Name = "users/u1/a.jpg";

    [Fact(Timeout = 120_000)]
    public async Task Message_OfTheEventarcTopic_BecomesADueLetterAndIsClassified()
    {
        await using var function = await RunningFunction.StartAsync<Serve>();
        var generation = await function.PutAsync(Name);
        var attributes = new Dictionary<string, string>
        {
            ["ce-id"] = "e1", ["ce-type"] = "google.cloud.storage.object.v1.finalized", ["ce-source"] = "//s", ["ce-specversion"] = "1.0", ["content-type"] = "application/json",
        };

        using var response = await function.SendEventAsync(Published, Message(attributes, RunningFunction.Data(Name, generation)), "/events/dead-letters");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("due", (await function.LetterAsync(Name))!["state"]);
        while (await function.LetterAsync(Name) is not null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            _ = await function.MaintainAsync("/maintain");
        }

        Assert.Equal("classified", (await function.ResultAsync(Name))!["status"]);
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

    private static string Message(Dictionary<string, string> attributes, string data) => JsonSerializer.Serialize(new
    {
        message = new { attributes, data = Convert.ToBase64String(Encoding.UTF8.GetBytes(data)), messageId = "m1", publishTime = "2026-01-01T00:00:00Z" },
        subscription = "projects/p/subscriptions/s",
    });
}
