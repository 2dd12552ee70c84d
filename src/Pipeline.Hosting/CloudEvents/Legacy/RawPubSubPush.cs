using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>The body that a Pub/Sub push subscription sends by itself. The topic is in the request's path, or unknown.</summary>
internal static class RawPubSubPush
{
    private const string UnknownTopic = "projects/unknown-project!/topics/unknown-topic!";

    private static readonly string[] LegacyNames = ["data", "domain", "context", "eventId", "eventType", "params", "timestamp"];

    public static bool IsPush(JsonElement json) =>
        json.TryGetProperty("message", out _) && json.TryGetProperty("subscription", out _) && !LegacyNames.Any(name => json.TryGetProperty(name, out _));

    /// <summary>The resource, the message's id and time, and the data: the body as it came.</summary>
    /// <exception cref="InvalidRequestException">The message has no id.</exception>
    public static (string Id, string? Timestamp, EventMapping Mapping) Read(JsonElement json, PathString path)
    {
        var data = JsonObject.Create(json)!;
        if (data["message"] is not JsonObject message || Text(message, "messageId") is not { } id)
        {
            throw InvalidRequestException.Malformed("The Pub/Sub push has no 'message.messageId'.");
        }

        var resource = TopicOf(path);
        return (id, Text(message, "publishTime"), new EventMapping(resource, null, data, PubSubMapping.Topic(resource)));
    }

    /// <summary>The topic that a push subscription names in the path of its endpoint.</summary>
    public static string TopicOf(PathString path) =>
        (path.Value ?? string.Empty).TrimEnd('/').Split('/') is [.., "projects", { Length: > 0 } project, "topics", { Length: > 0 } topic]
            ? $"projects/{project}/topics/{topic}"
            : UnknownTopic;

    private static string? Text(JsonObject parent, string name) =>
        parent[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
