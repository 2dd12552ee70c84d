using System.Text;
using CloudNative.CloudEvents;
using Google.Protobuf;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>An event's data, from its bytes and its content type.</summary>
internal static class EventData
{
    /// <summary>
    /// A <see cref="System.Text.Json.JsonElement"/> (JSON, or no type given), a string (text), the bytes (everything else), or null (no bytes).
    /// </summary>
    /// <exception cref="UnusableDataException">The bytes are not what the type says.</exception>
    public static object? Read(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return null;
        }

        var mediaType = TypeOf(cloudEvent);
        if (mediaType.IsMissing || mediaType.IsJson)
        {
            return ReadJson(mediaType, payload.Span);
        }

        return mediaType.IsText && mediaType.IsUtf8 ? Encoding.UTF8.GetString(payload.Span) : payload.ToArray();
    }

    /// <summary>A message, from protobuf or JSON (where no type is given, JSON). Unknown fields are skipped.</summary>
    /// <exception cref="UnusableDataException">There is none, or it is not what the type says.</exception>
    public static TMessage Read<TMessage>(CloudEvent cloudEvent, ReadOnlyMemory<byte> payload)
        where TMessage : class, IMessage, new()
    {
        var mediaType = TypeOf(cloudEvent);
        if (mediaType.IsProtobuf)
        {
            return ReadProtobuf<TMessage>(payload.Span);
        }

        if (!mediaType.IsMissing && !mediaType.IsJson)
        {
            throw new UnusableDataException($"Data of type {mediaType.Name} is not read here; JSON and protobuf are.");
        }

        if (payload.IsEmpty)
        {
            throw new UnusableDataException("The event has no data.");
        }

        return MessageJson.Read<TMessage>(ReadJson(mediaType, payload.Span));
    }

    private static MediaType TypeOf(CloudEvent cloudEvent) =>
        MediaType.TryParse(cloudEvent.DataContentType, out var mediaType)
            ? mediaType
            : throw new UnusableDataException("The data's content type is no media type.");

    private static System.Text.Json.JsonElement ReadJson(MediaType mediaType, ReadOnlySpan<byte> payload)
    {
        if (!mediaType.IsUtf8)
        {
            throw new UnusableDataException($"The data's charset must be utf-8, not {mediaType.Charset}.");
        }

        try
        {
            return StrictJson.Parse(payload);
        }
        catch (Requests.InvalidJsonException exception)
        {
            throw new UnusableDataException(exception.Message, exception);
        }
    }

    private static TMessage ReadProtobuf<TMessage>(ReadOnlySpan<byte> payload)
        where TMessage : class, IMessage, new()
    {
        var message = new TMessage();
        try
        {
            message.MergeFrom(payload);
            return message;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new UnusableDataException($"The data is no {message.Descriptor.Name} in protobuf.", exception);
        }
    }
}
