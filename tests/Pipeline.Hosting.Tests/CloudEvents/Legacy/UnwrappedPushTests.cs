using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.CloudEvents;

namespace Pipeline.Hosting.Tests.CloudEvents.Legacy;

public sealed class UnwrappedPushTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_PushOfANotification_IsTheWrappedEvent()
    {
        var request = Request([1, 2, 0xFF], ("eventtype", "OBJECT_FINALIZE"), ("objectId", "users/ü 1/a b.jpg"), ("CloudPubSubDeadLetterSourceDeliveryCount", "5"));
        request.Path = "/projects/p/topics/t";
        request.ContentType = "application/x-www-form-urlencoded";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, Cancellation);

        Assert.Equal("google.cloud.pubsub.topic.v1.messagePublished", read.CloudEvent.Type);
        Assert.Equal("7", read.CloudEvent.Id);
        Assert.Equal("//pubsub.googleapis.com/projects/p/topics/t", read.CloudEvent.Source?.OriginalString);
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 19, 22, 39, 835, TimeSpan.Zero), read.CloudEvent.Time);
        using var data = JsonDocument.Parse(await read.ReadPayloadAsync(long.MaxValue, Cancellation));
        using var expected = JsonDocument.Parse(
            """
            {"message":{"messageId":"7","data":"AQL/","publishTime":"2026-11-25T19:22:39.835Z",
             "attributes":{"eventType":"OBJECT_FINALIZE","objectId":"users/ü 1/a b.jpg","CloudPubSubDeadLetterSourceDeliveryCount":"5"}},
             "subscription":"projects/p/subscriptions/s"}
            """);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, data.RootElement), data.RootElement.GetRawText());
    }

    [Fact]
    public async Task Read_BodyThatIsAnEventItself_StaysTheMessagesData()
    {
        var request = Request("{}"u8.ToArray());
        request.ContentType = "application/cloudevents+json";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, Cancellation);

        using var data = JsonDocument.Parse(await read.ReadPayloadAsync(long.MaxValue, Cancellation));
        Assert.Equal("e30=", data.RootElement.GetProperty("message").GetProperty("data").GetString());
    }

    private static HttpRequest Request(byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Post;
        request.Body = new MemoryStream(body);
        request.ContentLength = body.Length;
        request.Headers["x-goog-pubsub-message-id"] = "7";
        request.Headers["x-goog-pubsub-publish-time"] = "2026-11-25T19:22:39.835Z";
        request.Headers["x-goog-pubsub-subscription-name"] = "projects/p/subscriptions/s";
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
