using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>
/// What a Pub/Sub push subscription without a wrapper sends: the body is the message's data, whatever its content type says, and the headers hold
/// the message's attributes.
/// </summary>
internal static class UnwrappedPush
{
    private const string IdHeader = "x-goog-pubsub-message-id";
    private const string TimeHeader = "x-goog-pubsub-publish-time";
    private const string SubscriptionHeader = "x-goog-pubsub-subscription-name";

    /// <summary>The attributes of a CloudEvent whose transport is Pub/Sub begin with it.</summary>
    private const string EventPrefix = "ce-";

    /// <summary>
    /// The attributes of Cloud Storage's notifications and of dead-lettered messages. Others, but for those of CloudEvents, cannot be told from headers
    /// of HTTP, and not every way to here keeps the case of a header's name.
    /// </summary>
    private static readonly string[] Attributes =
    [
        "eventType", "bucketId", "objectId", "objectGeneration", "eventTime", "payloadFormat", "notificationConfig", "overwrittenByGeneration",
        "overwroteGeneration", "CloudPubSubDeadLetterSourceDeliveryCount", "CloudPubSubDeadLetterSourceSubscription",
        "CloudPubSubDeadLetterSourceSubscriptionProject", "CloudPubSubDeadLetterSourceTopicPublishTime",
    ];

    public static bool IsPush(HttpRequest request) => request.Headers.ContainsKey(IdHeader);

    /// <summary>The message's id and time, and the data that a wrapped push would have had.</summary>
    public static (string Id, string? Timestamp, EventMapping Mapping) Read(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var id = request.Headers[IdHeader].ToString();
        var attributes = new JsonObject();
        foreach (var name in Attributes.Where(request.Headers.ContainsKey))
        {
            attributes[name] = request.Headers[name].ToString();
        }

        foreach (var (name, value) in request.Headers.Where(header => header.Key.StartsWith(EventPrefix, StringComparison.OrdinalIgnoreCase)))
        {
            attributes[name.ToLowerInvariant()] = value.ToString();
        }

        var message = new JsonObject { ["messageId"] = id, ["data"] = Convert.ToBase64String(body), ["attributes"] = attributes };
        var time = Text(request, TimeHeader);
        if (time is not null)
        {
            message["publishTime"] = time;
        }

        var data = new JsonObject { ["message"] = message, ["subscription"] = Text(request, SubscriptionHeader) };
        var resource = RawPubSubPush.TopicOf(request.Path);
        return (id, time, new EventMapping(resource, null, data, PubSubMapping.Topic(resource)));
    }

    private static string? Text(HttpRequest request, string header) => request.Headers[header].ToString() is { Length: > 0 } text ? text : null;
}
