using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Worker.Documents;
using FieldMap = System.Collections.Immutable.ImmutableSortedDictionary<string, Pipeline.Worker.Documents.DocumentValue>;

namespace Pipeline.Firebase.Firestore;

/// <summary>Values as Firestore's REST API has them: 64-bit integers, NaN and infinities as strings, times in RFC 3339, bytes in base64.</summary>
internal static partial class FirestoreJson
{
    // A level of a document, at most 20, is three of JSON; around it stand the answer's own.
    private const int MaxDepth = 128;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>A point in time without loss: a version is sent back as it came.</summary>
    public static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset time) =>
        writer.WriteString(name, time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));

    /// <summary>Writes the property <c>fields</c>.</summary>
    public static void WriteFields(Utf8JsonWriter writer, FieldMap fields)
    {
        writer.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter writer, DocumentValue value)
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
                WriteTime(writer, "timestampValue", time.Value);
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
                WriteArray(writer, array);
                break;
            case DocumentValue.MapValue map:
                writer.WriteStartObject("mapValue");
                WriteFields(writer, map.Fields);
                writer.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "This type of value is not known.");
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, DocumentValue.ArrayValue array)
    {
        writer.WriteStartObject("arrayValue");
        writer.WriteStartArray("values");
        foreach (var element in array.Values)
        {
            WriteValue(writer, element);
        }

        writer.WriteEndArray();
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
