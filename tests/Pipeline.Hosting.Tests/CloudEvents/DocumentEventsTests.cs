using System.Text;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Pipeline.Hosting.CloudEvents;

namespace Pipeline.Hosting.Tests.CloudEvents;

public sealed class DocumentEventsTests
{
    private const string Name = "projects/p/databases/(default)/documents/classificationRequests/r1";

    [Fact]
    public void CreatedData_DocumentWithEveryTypeOfValue_HoldsAllOfThem()
    {
        var data = DocumentEventData.Parser.ParseFrom(DocumentEvents.CreatedData(Encoding.UTF8.GetBytes(
            $$$"""
            {"name":"{{{Name}}}","createTime":"2026-01-02T03:04:05.678901Z","updateTime":"2026-01-02T03:04:05.678901Z","fields":{
              "null":{"nullValue":null},"true":{"booleanValue":true},"integer":{"integerValue":"9223372036854775807"},"double":{"doubleValue":0.5},
              "nan":{"doubleValue":"NaN"},"time":{"timestampValue":"2026-01-02T03:04:05Z"},"text":{"stringValue":"users/u1/é😀.jpg"},"bytes":{"bytesValue":"AAEC"},
              "reference":{"referenceValue":"{{{Name}}}"},"place":{"geoPointValue":{"latitude":1.5,"longitude":-2.5} },
              "array":{"arrayValue":{"values":[{"stringValue":"a"},{"integerValue":"1"}] } },"none":{"arrayValue":{}},"map":{"mapValue":{"fields":{"b":{"booleanValue":false} } } }
            }}
            """)));

        Assert.Null(data.OldValue);
        Assert.Equal(Name, data.Value.Name);
        Assert.Equal("2026-01-02T03:04:05.678901Z", data.Value.CreateTime.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"));
        var fields = data.Value.Fields;
        Assert.Equal(13, fields.Count);
        Assert.Equal(Value.ValueTypeOneofCase.NullValue, fields["null"].ValueTypeCase);
        Assert.True(fields["true"].BooleanValue);
        Assert.Equal(long.MaxValue, fields["integer"].IntegerValue);
        Assert.Equal(0.5, fields["double"].DoubleValue);
        Assert.True(double.IsNaN(fields["nan"].DoubleValue));
        Assert.Equal(1767323045, fields["time"].TimestampValue.Seconds);
        Assert.Equal("users/u1/é😀.jpg", fields["text"].StringValue);
        Assert.Equal([0, 1, 2], fields["bytes"].BytesValue.ToByteArray());
        Assert.Equal(Name, fields["reference"].ReferenceValue);
        Assert.Equal(-2.5, fields["place"].GeoPointValue.Longitude);
        Assert.Equal(["a", ""], fields["array"].ArrayValue.Values.Select(value => value.StringValue));
        Assert.Empty(fields["none"].ArrayValue.Values);
        Assert.False(fields["map"].MapValue.Fields["b"].BooleanValue);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"fields\":7}")]
    [InlineData("{\"fields\":{\"a\":{\"integerValue\":\"x\"}}}")]
    [InlineData("{\"createTime\":\"yesterday\"}")]
    [InlineData("{\"fields\":{\"a\":{\"integerValue\":\"99999999999999999999\"}}}")]
    public void CreatedData_WhatIsNoDocument_IsRefused(string json) =>
        Assert.Throws<ArgumentException>(() => DocumentEvents.CreatedData(Encoding.UTF8.GetBytes(json)));
}
