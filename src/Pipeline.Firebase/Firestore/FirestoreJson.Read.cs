using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Pipeline.Worker.Documents;
using FieldMap = System.Collections.Immutable.ImmutableSortedDictionary<string, Pipeline.Worker.Documents.DocumentValue>;

namespace Pipeline.Firebase.Firestore;

/// <remarks>What has its default value may be left out of an answer: an empty map has no <c>fields</c>, an empty array no <c>values</c>.</remarks>
internal static partial class FirestoreJson
{
    /// <summary>Reads an object of fields; the reader stands on its beginning.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static FieldMap ReadFields(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var fields = DocumentFields.Empty.ToBuilder();
        while (NextProperty(ref reader))
        {
            var name = reader.GetString()!;
            Next(ref reader);
            fields[name] = ReadValue(ref reader);
        }

        return fields.ToImmutable();
    }

    /// <summary>Reads an RFC 3339 time; the reader stands on it. Digits beyond 100 ns are cut.</summary>
    public static DateTimeOffset ReadTime(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : throw new JsonException("A text is no time.");
    }

    /// <summary>Moves to the next property of an object; false at its end.</summary>
    public static bool NextProperty(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    public static void Next(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("The answer ends too early.");
        }
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"The answer has a {reader.TokenType} at byte {reader.TokenStartIndex} and needs a {type}.");
        }
    }

    private static DocumentValue ReadValue(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        Next(ref reader);
        Expect(ref reader, JsonTokenType.PropertyName);
        var type = reader.GetString();
        Next(ref reader);
        var value = type switch
        {
            "nullValue" => DocumentValue.Null,
            "booleanValue" => reader.GetBoolean(),
            "integerValue" => ReadInteger(ref reader),
            "doubleValue" => ReadDouble(ref reader),
            "timestampValue" => ReadTime(ref reader),
            "stringValue" => ReadText(ref reader),
            "bytesValue" => new DocumentValue.BytesValue([.. reader.GetBytesFromBase64()]),
            "referenceValue" => new DocumentValue.ReferenceValue(ReadText(ref reader)),
            "geoPointValue" => ReadGeoPoint(ref reader),
            "arrayValue" => ReadArray(ref reader),
            "mapValue" => ReadMap(ref reader),
            _ => throw new JsonException($"The type of value '{type}' is not known."),
        };
        Next(ref reader);
        Expect(ref reader, JsonTokenType.EndObject);
        return value;
    }

    private static string ReadText(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString()!;
    }

    private static long ReadInteger(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetInt64()
        : long.Parse(ReadText(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double ReadDouble(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number
        ? reader.GetDouble()
        : double.Parse(ReadText(ref reader), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static DocumentValue.GeoPointValue ReadGeoPoint(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        double latitude = 0, longitude = 0;
        while (NextProperty(ref reader))
        {
            var isLatitude = reader.ValueTextEquals("latitude");
            var isLongitude = reader.ValueTextEquals("longitude");
            Next(ref reader);
            if (isLatitude)
            {
                latitude = ReadDouble(ref reader);
            }
            else if (isLongitude)
            {
                longitude = ReadDouble(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new DocumentValue.GeoPointValue(latitude, longitude);
    }

    private static DocumentValue.ArrayValue ReadArray(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var values = ImmutableArray.CreateBuilder<DocumentValue>();
        while (NextProperty(ref reader))
        {
            var isValues = reader.ValueTextEquals("values");
            Next(ref reader);
            if (!isValues)
            {
                reader.Skip();
                continue;
            }

            Expect(ref reader, JsonTokenType.StartArray);
            for (Next(ref reader); reader.TokenType != JsonTokenType.EndArray; Next(ref reader))
            {
                values.Add(ReadValue(ref reader));
            }
        }

        return new DocumentValue.ArrayValue(values.ToImmutable());
    }

    private static DocumentValue.MapValue ReadMap(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var fields = DocumentFields.Empty;
        while (NextProperty(ref reader))
        {
            var isFields = reader.ValueTextEquals("fields");
            Next(ref reader);
            if (isFields)
            {
                fields = ReadFields(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new DocumentValue.MapValue(fields);
    }
}
