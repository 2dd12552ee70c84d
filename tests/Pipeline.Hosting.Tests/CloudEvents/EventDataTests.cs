using System.Text;
using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.Firestore.V1;
using Google.Events.Protobuf.Cloud.PubSub.V1;
using Google.Events.Protobuf.Cloud.Storage.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pipeline.Fixtures.Format;
using Pipeline.Hosting.CloudEvents;
using Value = Google.Events.Protobuf.Cloud.Firestore.V1.Value;

namespace Pipeline.Hosting.Tests.CloudEvents;

public sealed class EventDataTests
{
    private const string Examples = "corpus/googleapis+google-cloudevents/testdata/google/events/cloud";

    [Theory]
    [InlineData("1587627537231057")]
    [InlineData("\"1587627537231057\"")]
    public void Read_IntegerAsTextOrNumber_IsTheSame(string json) =>
        Assert.Equal(1587627537231057, Read<StorageObjectData>($$"""{"generation":{{json}}}""").Generation);

    [Theory]
    [InlineData("9007199254740993", 9007199254740993)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("1e3", 1000)]
    [InlineData("5.0", 5)]
    [InlineData("0", 0)]
    public void Read_Integer_IsExact(string json, long expected) =>
        Assert.Equal(expected, Read<StorageObjectData>($$"""{"generation":{{json}}}""").Generation);

    [Fact]
    public void Read_StorageComplex_IsRead()
    {
        var data = Read<StorageObjectData>(Example("storage/v1/StorageObjectData-complex.json"));

        Assert.Equal((96883251L, 1L, 2239872, "MyFile"), (data.Generation, data.Metageneration, data.ComponentCount, data.Name));
        Assert.Equal("est elit", data.CustomerEncryption.KeySha256);
        Assert.Equal(1960, data.RetentionExpirationTime.ToDateTimeOffset().Year);
        Assert.True(data.EventBasedHold);
    }

    [Fact]
    public void Read_StorageSimple_IsTheSameInProtobuf() => AssertSameInProtobuf<StorageObjectData>("storage/v1/StorageObjectData-simple.json");

    [Fact]
    public void Read_PubSubDuplicatedNames_IsRead()
    {
        var data = Read<MessagePublishedData>(Example("pubsub/v1/MessagePublishedData-duplicatedFields.json"));

        Assert.NotEmpty(data.Message.MessageId);
        Assert.NotNull(data.Message.PublishTime);
        Assert.NotEmpty(data.Subscription);
    }

    [Fact]
    public void Read_FirestoreComplex_IsTheSameInProtobuf()
    {
        var data = AssertSameInProtobuf<DocumentEventData>("firestore/v1/DocumentEventData-complex.json");

        var kinds = data.Value.Fields.Values.Select(value => value.ValueTypeCase).ToHashSet();
        Assert.Superset(
            new HashSet<Value.ValueTypeOneofCase>
            {
                Value.ValueTypeOneofCase.ArrayValue, Value.ValueTypeOneofCase.BooleanValue, Value.ValueTypeOneofCase.DoubleValue,
                Value.ValueTypeOneofCase.GeoPointValue, Value.ValueTypeOneofCase.IntegerValue, Value.ValueTypeOneofCase.MapValue,
                Value.ValueTypeOneofCase.NullValue, Value.ValueTypeOneofCase.ReferenceValue, Value.ValueTypeOneofCase.StringValue,
                Value.ValueTypeOneofCase.TimestampValue,
            },
            kinds);
    }

    [Fact]
    public void Read_ProtobufBytes_HaveGooglesNumbers()
    {
        // name (23) "a/b", bucket (25) "c", generation (26) 300: written by hand.
        byte[] bytes = [0xBA, 0x01, 3, (byte)'a', (byte)'/', (byte)'b', 0xCA, 0x01, 1, (byte)'c', 0xD0, 0x01, 0xAC, 0x02];

        var data = EventData.Read<StorageObjectData>(Event("application/protobuf"), bytes);

        Assert.Equal(("a/b", "c", 300L), (data.Name, data.Bucket, data.Generation));
    }

    [Fact]
    public void Read_FirestoreBytes_HaveGooglesNumbers()
    {
        var value = new DocumentEventData
        {
            Value = new Document
            {
                Name = "n",
                Fields = { ["object"] = new Value { StringValue = "a" } },
                CreateTime = new Timestamp { Seconds = 1 },
            },
        };

        // value (1) { name (1) "n", fields (2) { key (1), value (2) { string_value (17) "a" } }, create_time (3) { seconds (1) 1 } }
        Assert.Equal("0A170A016E120E0A066F626A65637412048A0101611A020801", Convert.ToHexString(value.ToByteArray()));
    }

    [Theory]
    [InlineData("application/protobuf", "FF")]
    [InlineData("application/protobuf", "BA0105")]
    [InlineData("text/plain", "61")]
    [InlineData("image/png", "61")]
    [InlineData("application/json; charset=utf-16", "7B007D00")]
    [InlineData("application/json", "EFBBBF7B7D")]
    [InlineData("application/json", "")]
    public void Read_NotWhatTheTypeSays_Throws(string contentType, string hex) =>
        Assert.Throws<UnusableDataException>(() => EventData.Read<StorageObjectData>(Event(contentType), Convert.FromHexString(hex)));

    [Fact]
    public void Read_EmptyProtobuf_IsAnEmptyMessage() =>
        Assert.Equal(new StorageObjectData(), EventData.Read<StorageObjectData>(Event("application/protobuf"), default));

    [Fact]
    public void Read_DeepProtobuf_Throws()
    {
        var value = new Value { StringValue = "leaf" };
        for (var level = 0; level < 200; level++)
        {
            value = new Value { ArrayValue = new ArrayValue { Values = { value } } };
        }

        var bytes = new DocumentEventData { Value = new Document { Fields = { ["a"] = value } } }.ToByteArray();

        Assert.Throws<UnusableDataException>(() => EventData.Read<DocumentEventData>(Event("application/protobuf"), bytes));
    }

    [Fact]
    public void Read_UnknownFields_AreSkipped() =>
        Assert.Equal("a", Read<StorageObjectData>("""{"@type":"x","future":{"b":[1]},"name":"a"}""").Name);

    private static TMessage AssertSameInProtobuf<TMessage>(string example)
        where TMessage : class, IMessage<TMessage>, new()
    {
        var data = Read<TMessage>(Example(example));
        Assert.NotEqual(new TMessage(), data);
        Assert.Equal(data, EventData.Read<TMessage>(Event("application/protobuf"), data.ToByteArray()));
        return data;
    }

    private static TMessage Read<TMessage>(string json)
        where TMessage : class, IMessage, new() =>
        EventData.Read<TMessage>(Event("application/json"), Encoding.UTF8.GetBytes(json));

    private static CloudEvent Event(string contentType)
    {
        var cloudEvent = new CloudEvent();
        cloudEvent["datacontenttype"] = contentType;
        return cloudEvent;
    }

    private static string Example(string name)
    {
        if (SharedFolder.TryFind($"{Examples}/{name}", out var path))
        {
            return File.ReadAllText(path);
        }

        Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
        throw new FileNotFoundException(SharedFolder.Missing);
    }
}
