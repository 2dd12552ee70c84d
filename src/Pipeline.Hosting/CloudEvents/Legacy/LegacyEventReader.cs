using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using Microsoft.AspNetCore.Http;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents.Legacy;

/// <summary>Turns JSON that is no CloudEvent into one: legacy events and raw Pub/Sub pushes.</summary>
internal static class LegacyEventReader
{
    /// <param name="json">Checked by <see cref="StrictJson"/>.</param>
    /// <param name="path">The request's path: a push subscription names its topic there.</param>
    /// <exception cref="InvalidRequestException">The JSON is neither.</exception>
    public static IncomingEvent Read(JsonElement json, PathString path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw InvalidRequestException.Malformed("The JSON is no event: it must be an object.");
        }

        if (RawPubSubPush.IsPush(json))
        {
            var (id, timestamp, mapping) = RawPubSubPush.Read(json, path);
            return Build(LegacyEventTypes.MessagePublished, LegacyEventTypes.PubSubService, id, timestamp, mapping);
        }

        var legacy = LegacyEvent.Read(json);
        var entry = LegacyEventTypes.Find(legacy.Type) ?? throw InvalidRequestException.Malformed($"Events of type '{legacy.Type}' are not known.");
        return Build(entry.Type, legacy.Service ?? entry.Service, legacy.Id, legacy.Timestamp, entry.Map(legacy));
    }

    /// <summary>Turns a push without a wrapper into an event.</summary>
    /// <exception cref="InvalidRequestException">Its headers are no event's.</exception>
    public static IncomingEvent ReadUnwrapped(HttpRequest request, ReadOnlySpan<byte> body)
    {
        var (id, timestamp, mapping) = UnwrappedPush.Read(request, body);
        return Build(LegacyEventTypes.MessagePublished, LegacyEventTypes.PubSubService, id, timestamp, mapping);
    }

    private static IncomingEvent Build(string type, string service, string id, string? timestamp, EventMapping mapping)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0);
        EventEnvelope.Set(cloudEvent, "id", id);
        EventEnvelope.Set(cloudEvent, "type", type);
        EventEnvelope.Set(cloudEvent, "source", $"//{service}/{mapping.Resource}");
        EventEnvelope.Set(cloudEvent, "datacontenttype", "application/json");
        SetOptional(cloudEvent, "time", timestamp);
        SetOptional(cloudEvent, "subject", mapping.Subject);
        SetOptional(cloudEvent, mapping.Extension?.Key ?? string.Empty, mapping.Extension?.Value);
        return IncomingEvent.WithPayload(cloudEvent, Encoding.UTF8.GetBytes(mapping.Data.ToJsonString()));
    }

    private static void SetOptional(CloudEvent cloudEvent, string name, string? value)
    {
        if (value is not null)
        {
            EventEnvelope.Set(cloudEvent, name, value);
        }
    }
}
