using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Worker.Documents;
using FieldMap = System.Collections.Immutable.ImmutableSortedDictionary<string, Pipeline.Worker.Documents.DocumentValue>;

namespace Pipeline.Embedded.SqliteDocuments;

/// <summary>
/// Fields as Firestore's REST API writes them (<c>{"state":{"stringValue":"due"}}</c>): no type and no bit is lost, and the file can be read by eye.
/// </summary>
internal static partial class DocumentJson
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    // A level of the document is three of JSON: the value, its type, its members.
    private const int MaxDepth = 128;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    public static byte[] Write(FieldMap fields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteFields(writer, fields);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFields(Utf8JsonWriter writer, FieldMap fields)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, DocumentValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case DocumentValue.NullValue:
                writer.WriteNull("nullValue");
                break;
            case DocumentValue.BooleanValue boolean:
                writer.WriteBoolean("booleanValue", boolean.Value);
                break;
            case DocumentValue.IntegerValue integer:
                writer.WriteString("integerValue", integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case DocumentValue.DoubleValue number:
                WriteDouble(writer, "doubleValue", number.Value);
                break;
            case DocumentValue.TimestampValue time:
                writer.WriteString("timestampValue", time.Value.ToString(TimeFormat, CultureInfo.InvariantCulture));
                break;
            case DocumentValue.StringValue text:
                writer.WriteString("stringValue", text.Value);
                break;
            case DocumentValue.BytesValue bytes:
                writer.WriteBase64String("bytesValue", bytes.Value.AsSpan());
                break;
            case DocumentValue.ReferenceValue reference:
                writer.WriteString("referenceValue", reference.Name);
                break;
            case DocumentValue.GeoPointValue point:
                writer.WriteStartObject("geoPointValue");
                WriteDouble(writer, "latitude", point.Latitude);
                WriteDouble(writer, "longitude", point.Longitude);
                writer.WriteEndObject();
                break;
            case DocumentValue.ArrayValue array:
                writer.WriteStartArray("arrayValue");
                foreach (var element in array.Values)
                {
                    WriteValue(writer, element);
                }

                writer.WriteEndArray();
                break;
            case DocumentValue.MapValue map:
                writer.WritePropertyName("mapValue");
                WriteFields(writer, map.Fields);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "This type of value is not known.");
        }

        writer.WriteEndObject();
    }

    private static void WriteDouble(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
