using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Pipeline.Hosting.CloudEvents;

/// <summary>Protobuf messages from JSON: names in either case, 64-bit integers as text or number, unknown fields skipped.</summary>
internal static class MessageJson
{
    /// <summary>A double holds every integer of this many digits.</summary>
    private const int ExactDigits = 15;

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <exception cref="UnusableDataException">The JSON is not of this message.</exception>
    public static TMessage Read<TMessage>(JsonElement json)
        where TMessage : class, IMessage, new()
    {
        var message = new TMessage();
        try
        {
            return (TMessage)Parser.Parse(WithExactIntegers(json), message.Descriptor);
        }
        catch (Exception exception) when (exception is IOException or FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new UnusableDataException($"The data is no {message.Descriptor.Name}: {exception.Message}", exception);
        }
    }

    // The parser reads numbers as doubles, in which integers beyond 2^53 lose digits; as text it reads them exactly.
    private static string WithExactIntegers(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(json, writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number when IsLongInteger(element.GetRawText()):
                writer.WriteStringValue(element.GetRawText());
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static bool IsLongInteger(string number) => number.Length > ExactDigits && number.AsSpan().IndexOfAny('.', 'e', 'E') < 0;
}
