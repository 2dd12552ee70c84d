using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>An event as first-generation functions get it. Each item stands in <c>context</c> or at the root; the context wins.</summary>
/// <param name="Type">The legacy event type.</param>
/// <param name="Service">Named by the resource, or null.</param>
/// <param name="Resource">The resource's name, without the service.</param>
/// <param name="Timestamp">As it came, or null.</param>
/// <param name="Domain">Of the database, for the Realtime Database only.</param>
internal sealed record LegacyEvent(string Type, string? Service, string Resource, string Id, string? Timestamp, string? Domain, JsonObject Data)
{
    /// <exception cref="InvalidRequestException">Something that every legacy event has is missing or not of its type.</exception>
    public static LegacyEvent Read(JsonElement json)
    {
        var context = json.TryGetProperty("context", out var found) && found.ValueKind == JsonValueKind.Object ? found : default(JsonElement?);
        var resource = Find(context, json, "resource");
        var service = default(string);
        if (resource is { ValueKind: JsonValueKind.Object } structured)
        {
            service = Text(Find(structured, "service"), "resource.service");
            resource = Find(structured, "name");
        }

        return new LegacyEvent(
            Required(Find(context, json, "eventType"), "eventType"),
            service,
            Required(resource, "resource"),
            Required(Find(context, json, "eventId"), "eventId"),
            Text(Find(context, json, "timestamp"), "timestamp"),
            Find(json, "domain") is { ValueKind: JsonValueKind.String } domain ? domain.GetString() : null,
            Find(json, "data") is { ValueKind: JsonValueKind.Object } data ? JsonObject.Create(data)! : throw Missing("data", "an object"));
    }

    private static JsonElement? Find(JsonElement? first, JsonElement second, string name) =>
        (first is { } context ? Find(context, name) : null) ?? Find(second, name);

    private static JsonElement? Find(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private static string Required(JsonElement? element, string name) =>
        Text(element, name) is { Length: > 0 } text ? text : throw Missing(name, "text");

    private static string? Text(JsonElement? element, string name) => element switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw Missing(name, "text"),
    };

    private static InvalidRequestException Missing(string name, string kind) =>
        InvalidRequestException.Malformed($"The JSON is no event: '{name}' must be {kind}. A CloudEvent comes as application/cloudevents+json.");
}
