using System.Globalization;
using System.Text.Json.Nodes;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>Pub/Sub: the message is wrapped, and carries its own id and time.</summary>
internal static class PubSubMapping
{
    private const string Topics = "topics";

    public static EventMapping Map(LegacyEvent legacy)
    {
        var message = legacy.Data;
        message["messageId"] = legacy.Id;
        if (DateTimeOffset.TryParse(legacy.Timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            message["publishTime"] = Format(time);
        }

        return new EventMapping(legacy.Resource, null, new JsonObject { ["message"] = message }, Topic(legacy.Resource));
    }

    /// <summary>The attribute that names the topic, where the resource is <c>projects/P/topics/T</c>.</summary>
    public static KeyValuePair<string, string>? Topic(string resource) =>
        resource.Split('/') is ["projects", { Length: > 0 }, Topics, { Length: > 0 } topic] ? new("topic", topic) : null;

    private static string Format(DateTimeOffset time)
    {
        var format = time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return time.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);
    }
}
