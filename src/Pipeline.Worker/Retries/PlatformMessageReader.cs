using System.Globalization;
using System.Text.Json;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Retries;

/// <summary>
/// Reads the event out of a dead-lettered message, in the three forms it may have: a bucket notification's attributes, a CloudEvent's <c>ce-</c>
/// attributes with its data, or a CloudEvent as structured JSON.
/// </summary>
internal static class PlatformMessageReader
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <summary>The event; null where the message has none of the forms.</summary>
    public static UploadEvent? Read(PlatformMessage message)
    {
        using var data = Parse(message.Data);
        var attributes = message.Attributes;
        if (UploadEventKinds.FromNotification(attributes.GetValueOrDefault("eventType")) is { } kind)
        {
            // The object resource in the data is optional; the attributes are what counts.
            var resource = Read(Object(data?.RootElement), message.Id, attributes["eventType"], message.PublishTime, kind);
            return resource with
            {
                EventTime = Time(attributes.GetValueOrDefault("eventTime")) ?? message.PublishTime,
                Bucket = attributes.GetValueOrDefault("bucketId"),
                Name = attributes.GetValueOrDefault("objectId"),
                Generation = Integer(attributes.GetValueOrDefault("objectGeneration")),
            };
        }

        if (UploadEventKinds.FromEventType(attributes.GetValueOrDefault("ce-type")) is { } binary)
        {
            var time = Time(attributes.GetValueOrDefault("ce-time")) ?? message.PublishTime;
            return Read(Object(data?.RootElement), attributes.GetValueOrDefault("ce-id") ?? message.Id, attributes["ce-type"], time, binary);
        }

        if (Object(data?.RootElement) is not { } envelope || UploadEventKinds.FromEventType(Text(envelope, "type")) is not { } structured)
        {
            return null;
        }

        using var encoded = Base64(envelope);
        return Read(
            Object(encoded?.RootElement ?? Member(envelope, "data")),
            Text(envelope, "id") ?? message.Id,
            Text(envelope, "type")!,
            Time(Text(envelope, "time")) ?? message.PublishTime,
            structured);
    }

    private static UploadEvent Read(JsonElement? resource, string id, string type, DateTimeOffset? time, UploadEventKind kind) => new(
        id,
        type,
        time,
        kind,
        Text(resource, "bucket"),
        Text(resource, "name"),
        Integer(resource, "generation"),
        Integer(resource, "metageneration"),
        Text(resource, "contentType"),
        Text(resource, "contentEncoding"),
        Integer(resource, "size"));

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return json.IsEmpty ? null : JsonDocument.Parse(json, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? Base64(JsonElement envelope) =>
        Member(envelope, "data_base64") is { ValueKind: JsonValueKind.String } text && text.TryGetBytesFromBase64(out var bytes) ? Parse(bytes) : null;

    private static JsonElement? Object(JsonElement? element) => element is { ValueKind: JsonValueKind.Object } ? element : null;

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? element, string name)
    {
        if (Member(element, name) is not { ValueKind: JsonValueKind.String } member)
        {
            return null;
        }

        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate: no text at all.
            return null;
        }
    }

    private static long? Integer(JsonElement? element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.String } => Integer(Text(element, name)),
        _ => null,
    };

    private static long? Integer(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
}
