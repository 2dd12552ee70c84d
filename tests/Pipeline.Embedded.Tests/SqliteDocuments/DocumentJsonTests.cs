using System.Text;
using System.Text.Json;
using Pipeline.Embedded.SqliteDocuments;
using Pipeline.Embedded.Tests.Support;
using Pipeline.Worker.Documents;

namespace Pipeline.Embedded.Tests.SqliteDocuments;

public sealed class DocumentJsonTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var values = new RandomValues(4);
        for (var round = 0; round < 5_000; round++)
        {
            var map = values.Map(3);
            Assert.Equal(map, new DocumentValue.MapValue(DocumentJson.Read(DocumentJson.Write(map.Fields))));
        }
    }

    [Fact]
    public void Read_NegativeZero_KeepsItsSign()
    {
        var read = DocumentJson.Read(DocumentJson.Write(Documents.Fields(("z", -0.0))));

        Assert.True(double.IsNegative(((DocumentValue.DoubleValue)read["z"]).Value));
    }

    [Fact]
    public void Write_DeepestDocument_CanBeRead()
    {
        DocumentValue value = 1L;
        for (var level = 0; level < 19; level++)
        {
            value = new DocumentValue.MapValue(Documents.Fields(("m", value)));
        }

        var fields = Documents.Fields(("m", value));

        Assert.Equal(fields, DocumentJson.Read(DocumentJson.Write(fields)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"a\":1}")]
    [InlineData("{\"a\":{}}")]
    [InlineData("{\"a\":{\"integerValue\":\"x\"}}")]
    [InlineData("{\"a\":{\"integerValue\":\"99999999999999999999\"}}")]
    [InlineData("{\"a\":{\"integerValue\":1}}")]
    [InlineData("{\"a\":{\"bytesValue\":\"*\"}}")]
    [InlineData("{\"a\":{\"timestampValue\":\"yesterday\"}}")]
    [InlineData("{\"a\":{\"futureValue\":1}}")]
    [InlineData("{\"a\":{\"stringValue\":\"x\"")]
    public void Read_DamagedText_IsRefused(string json)
    {
        Assert.ThrowsAny<JsonException>(() => DocumentJson.Read(Encoding.UTF8.GetBytes(json)));
    }
}
