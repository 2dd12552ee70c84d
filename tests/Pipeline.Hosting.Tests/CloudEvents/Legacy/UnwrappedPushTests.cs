using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.CloudEvents;

namespace Pipeline.Hosting.Tests.CloudEvents.Legacy;

public sealed class UnwrappedPushTests
{
    private const string Published = "google.cloud.pubsub.topic.v1.messagePublished";
    private const string Finalized = "google.cloud.storage.object.v1.finalized";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_PushOfANotification_IsTheWrappedEvent()
    {
        var request = Request([1, 2, 0xFF], ("eventtype", "OBJECT_FINALIZE"), ("objectId", "users/ü 1/a b.jpg"), ("CloudPubSubDeadLetterSourceDeliveryCount", "5"));
        request.Path = "/projects/p/topics/t";
        request.ContentType = "application/x-www-form-urlencoded";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, type => type == Published, Cancellation);

        Assert.Equal(Published, read.CloudEvent.Type);
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

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, type => type == Published, Cancellation);

        using var data = JsonDocument.Parse(await read.ReadPayloadAsync(long.MaxValue, Cancellation));
        Assert.Equal("e30=", data.RootElement.GetProperty("message").GetProperty("data").GetString());
    }

    [Theory]
    [InlineData("ce-specversion", "1.0", "ce-id", "e1", "ce-type", Finalized, "ce-source", "//s")]
    [InlineData("Ce-Specversion", "1.0", "Ce-Type", Finalized)]
    [InlineData("ce-specversion", "9.9", "ce-type", "of tomorrow", "ce-subject", "objects/ü %zz")]
    [InlineData("ce-specversion", "")]
    public async Task Read_MessageThatCarriesAnEventForOthers_IsTheMessageWithTheEventsAttributes(params string[] headers)
    {
        var request = Request("{}"u8.ToArray(), [.. headers.Chunk(2).Select(pair => (pair[0], pair[1]))]);
        request.ContentType = "application/json";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, type => type == Published, Cancellation);

        Assert.Equal((Published, "7"), (read.CloudEvent.Type, read.CloudEvent.Id));
        using var data = JsonDocument.Parse(await read.ReadPayloadAsync(long.MaxValue, Cancellation));
        var message = data.RootElement.GetProperty("message");
        Assert.Equal("e30=", message.GetProperty("data").GetString());
        Assert.Equal(
            headers.Chunk(2).Select(pair => $"{pair[0].ToLowerInvariant()}={pair[1]}"),
            message.GetProperty("attributes").EnumerateObject().Select(attribute => $"{attribute.Name}={attribute.Value.GetString()}"));
    }

    [Theory]
    [InlineData(Finalized, Finalized)]
    [InlineData(Finalized, "something.else")]
    [InlineData(Published, Published)]
    [InlineData(Published, "pipeline.warmup")]
    [InlineData(null, Finalized)]
    public async Task Read_EventForWhoeverAsks_IsThatEvent(string? known, string type)
    {
        var request = Request("{}"u8.ToArray(), ("ce-specversion", "1.0"), ("ce-id", "e1"), ("ce-type", type), ("ce-source", "//s"));
        request.ContentType = "application/json";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, candidate => known is null || candidate == known, Cancellation);

        Assert.Equal((type, "e1"), (read.CloudEvent.Type, read.CloudEvent.Id));
        Assert.Equal("{}"u8.ToArray(), (await read.ReadPayloadAsync(long.MaxValue, Cancellation)).ToArray());
    }

    [Fact]
    public async Task Read_StructuredEventWhereNobodyKnowsMessages_IsThatEvent()
    {
        var request = Request("""{"specversion":"1.0","id":"e1","type":"google.cloud.storage.object.v1.finalized","source":"//s","data":{}}"""u8.ToArray());
        request.ContentType = "application/cloudevents+json";

        var read = await new CloudEventReader(new HostingOptions()).ReadAsync(request, type => type == Finalized, Cancellation);

        Assert.Equal((Finalized, "e1"), (read.CloudEvent.Type, read.CloudEvent.Id));
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
