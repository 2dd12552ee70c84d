using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pipeline.Worker.Documents;
using FieldMap = System.Collections.Immutable.ImmutableSortedDictionary<string, Pipeline.Worker.Documents.DocumentValue>;

namespace Pipeline.Embedded.SqliteDocuments;

internal static partial class DocumentJson
{
    /// <exception cref="JsonException">The text is not what <see cref="Write"/> makes.</exception>
    public static FieldMap Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            Expect(reader.Read(), "a document");
            return ReadFields(ref reader);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidOperationException)
        {
            throw new JsonException("A stored value is not of its type.", exception);
        }
    }

    private static FieldMap ReadFields(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "an object of fields");
        var fields = DocumentFields.Empty.ToBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            Expect(reader.Read(), "a value");
            fields[name] = ReadValue(ref reader);
        }

        return fields.ToImmutable();
    }

    private static DocumentValue ReadValue(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName, "a typed value");
        var type = reader.GetString();
        Expect(reader.Read(), "a value");
        var value = type switch
        {
            "nullValue" => DocumentValue.Null,
            "booleanValue" => reader.GetBoolean(),
            "integerValue" => long.Parse(reader.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            "doubleValue" => ReadDouble(ref reader),
            "timestampValue" => DateTimeOffset.ParseExact(
                reader.GetString()!, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            "stringValue" => reader.GetString()!,
            "bytesValue" => new DocumentValue.BytesValue([.. reader.GetBytesFromBase64()]),
            "referenceValue" => new DocumentValue.ReferenceValue(reader.GetString()!),
            "geoPointValue" => ReadGeoPoint(ref reader),
            "arrayValue" => ReadArray(ref reader),
            "mapValue" => new DocumentValue.MapValue(ReadFields(ref reader)),
            _ => throw new JsonException($"The type of value '{type}' is not known."),
        };
        Expect(reader.Read() && reader.TokenType == JsonTokenType.EndObject, "the end of a value");
        return value;
    }

    private static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetDouble()
        : double.Parse(reader.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DocumentValue.GeoPointValue ReadGeoPoint(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "a place");
        double latitude = 0, longitude = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isLatitude = reader.ValueTextEquals("latitude");
            Expect(reader.Read(), "a number");
            if (isLatitude)
            {
                latitude = ReadDouble(ref reader);
            }
            else
            {
                longitude = ReadDouble(ref reader);
            }
        }

        return new DocumentValue.GeoPointValue(latitude, longitude);
    }

    private static DocumentValue.ArrayValue ReadArray(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, "an array");
        var values = ImmutableArray.CreateBuilder<DocumentValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(ReadValue(ref reader));
        }

        return new DocumentValue.ArrayValue(values.ToImmutable());
    }

    private static void Expect(bool condition, string expected)
    {
        if (!condition)
        {
            throw new JsonException($"The stored document needs {expected}.");
        }
    }
}
