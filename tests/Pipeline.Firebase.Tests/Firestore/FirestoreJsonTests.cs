using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Firebase.Firestore;
using Pipeline.Testing.Documents;
using Pipeline.Worker.Documents;

namespace Pipeline.Firebase.Tests.Firestore;

public sealed class FirestoreJsonTests
{
    public static TheoryData<DocumentValue, string> Written => new()
    {
        { DocumentValue.Null, """{"nullValue":null}""" },
        { true, """{"booleanValue":true}""" },
        { long.MinValue, """{"integerValue":"-9223372036854775808"}""" },
        { 0.1, """{"doubleValue":0.1}""" },
        { double.NaN, """{"doubleValue":"NaN"}""" },
        { double.PositiveInfinity, """{"doubleValue":"Infinity"}""" },
        { double.NegativeInfinity, """{"doubleValue":"-Infinity"}""" },
        { DateTimeOffset.UnixEpoch, """{"timestampValue":"1970-01-01T00:00:00Z"}""" },
        { DateTimeOffset.UnixEpoch.AddMicroseconds(10), """{"timestampValue":"1970-01-01T00:00:00.00001Z"}""" },
        { new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddMicroseconds(999999), """{"timestampValue":"9999-12-31T23:59:59.999999Z"}""" },
        { "q\"\\\u0000\n花\U0001F33B", """{"stringValue":"q\"\\\u0000\n花🌻"}""" },
        { new DocumentValue.BytesValue([0, 255, 254]), """{"bytesValue":"AP/+"}""" },
        { new DocumentValue.ReferenceValue("projects/p/databases/d/documents/c/i"), """{"referenceValue":"projects/p/databases/d/documents/c/i"}""" },
        { new DocumentValue.GeoPointValue(51.5, -0.25), """{"geoPointValue":{"latitude":51.5,"longitude":-0.25}}""" },
        { Fields.Array(), """{"arrayValue":{"values":[]}}""" },
        { Fields.Array(1L, Fields.Map()), """{"arrayValue":{"values":[{"integerValue":"1"},{"mapValue":{"fields":{}}}]}}""" },
        { Fields.Map(("a.b", 1L)), """{"mapValue":{"fields":{"a.b":{"integerValue":"1"}}}}""" },
    };

    public static TheoryData<string, DocumentValue> Read => new()
    {
        { """{"integerValue":12}""", 12L },
        { """{"doubleValue":5}""", 5.0 },
        { """{"doubleValue":"-Infinity"}""", double.NegativeInfinity },
        { """{"doubleValue":"1e-7"}""", 1e-7 },
        { """{"timestampValue":"2026-11-25T12:00:00.123456789Z"}""", new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123456) },
        { """{"timestampValue":"2026-11-25T12:00:00.5+05:30"}""", new DateTimeOffset(2026, 11, 25, 6, 30, 0, 500, TimeSpan.Zero) },
        { """{"timestampValue":"0001-01-01T00:00:00Z"}""", DateTimeOffset.MinValue },
        { """{"geoPointValue":{}}""", new DocumentValue.GeoPointValue(0, 0) },
        { """{"geoPointValue":{"longitude":7}}""", new DocumentValue.GeoPointValue(0, 7) },
        { """{"arrayValue":{}}""", Fields.Array() },
        { """{"mapValue":{}}""", Fields.Map() },
        { """{"mapValue":{"fields":{"__type__":{"stringValue":"__vector__"},"value":{"arrayValue":{"values":[{"doubleValue":1}]}}}}}""", Fields.Map(("__type__", "__vector__"), ("value", Fields.Array(1.0))) },
    };

    public static TheoryData<string> Wrong =>
    [
        "{}",
        "5",
        "[]",
        """{"integerValue":"1.5"}""",
        """{"integerValue":"9223372036854775808"}""",
        """{"integerValue":true}""",
        """{"booleanValue":"true"}""",
        """{"doubleValue":"many"}""",
        """{"stringValue":1}""",
        """{"stringValue":"a","integerValue":"1"}""",
        """{"timestampValue":"2026-13-01T00:00:00Z"}""",
        """{"timestampValue":5}""",
        """{"bytesValue":"*"}""",
        """{"arrayValue":[]}""",
        """{"mapValue":{"fields":[]}}""",
        """{"novelValue":1}""",
        """{"stringValue":"a""",
    ];

    [Theory]
    [MemberData(nameof(Written), DisableDiscoveryEnumeration = true)]
    public void WriteValue_EachType_IsFirestoresJsonAndReadsBack(DocumentValue value, string json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, FirestoreJson.WriterOptions))
        {
            FirestoreJson.WriteValue(writer, value);
        }

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(buffer.WrittenSpan)), Encoding.UTF8.GetString(buffer.WrittenSpan));
        Assert.Equal(value, ReadField(json));
    }

    [Theory]
    [MemberData(nameof(Read), DisableDiscoveryEnumeration = true)]
    public void ReadFields_OtherFormsOfValues_AreRead(string json, DocumentValue expected) => Assert.Equal(expected, ReadField(json));

    [Theory]
    [MemberData(nameof(Wrong))]
    public void ReadFields_WhatIsNoValue_Throws(string json) => Assert.ThrowsAny<Exception>(() => ReadField(json));

    [Fact]
    public void ReadFields_DeeperThanFirestoreNests_Throws()
    {
        var json = string.Concat(Enumerable.Repeat("""{"mapValue":{"fields":{"m":""", 60)) + "{}" + string.Concat(Enumerable.Repeat("}}}", 60));

        Assert.ThrowsAny<JsonException>(() => ReadField(json));
    }

    private static DocumentValue ReadField(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($$"""{"f":{{json}}}"""), FirestoreJson.ReaderOptions);
        reader.Read();
        return FirestoreJson.ReadFields(ref reader)["f"];
    }
}
