using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>Events in structured mode: one JSON object holds the attributes and the data.</summary>
internal static class StructuredEvent
{
    public const string MediaTypeName = "application/cloudevents+json";

    private static readonly JsonEventFormatter Formatter = new();

    /// <param name="json">Checked by <see cref="StrictJson"/>.</param>
    /// <exception cref="InvalidRequestException">The JSON is no event.</exception>
    public static IncomingEvent Read(JsonElement json)
    {
        CloudEvent cloudEvent;
        try
        {
            cloudEvent = Formatter.ConvertFromJsonElement(json, extensionAttributes: null);
        }
        catch (Exception exception) when (EventEnvelope.IsInvalidAttribute(exception))
        {
            throw InvalidRequestException.Malformed($"The JSON is no CloudEvent: {exception.Message}", exception);
        }

        EventEnvelope.CheckComplete(cloudEvent);
        var payload = cloudEvent.Data switch
        {
            null => ReadOnlyMemory<byte>.Empty,
            JsonElement element => JsonMarshal.GetRawUtf8Value(element).ToArray(),
            string text => Encoding.UTF8.GetBytes(text),
            byte[] bytes => bytes,
            var other => throw new InvalidOperationException($"The formatter gave data of type {other.GetType()}."),
        };
        cloudEvent.Data = null;
        return IncomingEvent.WithPayload(cloudEvent, payload);
    }
}
