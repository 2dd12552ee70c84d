using System.Text;
using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.FolderBucket;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class ObjectJsonTests
{
    private static readonly ObjectDescription Before = new("a/b", "gzip", "no-store", "inline", "de")
    {
        Metadata = new CustomMetadata(new Dictionary<string, string> { ["k"] = "v", ["l"] = "w" }),
    };

    [Fact]
    public void ApplyTo_WhatIsNotSaid_StaysAndNullTakesAway()
    {
        var json = Parse("""{"contentType":"c/d","cacheControl":null,"contentLanguage":"","metadata":{"k":null,"n":5,"t":true},"id":7,"acl":[]}""");

        var after = json.ApplyTo(Before);

        Assert.Equal(
            new ObjectDescription("c/d", "gzip", null, "inline", null)
            {
                Metadata = new CustomMetadata(new Dictionary<string, string> { ["l"] = "w", ["n"] = "5", ["t"] = "true" }),
            },
            after);
        Assert.Equal(Before, Parse("{}").ApplyTo(Before));
        Assert.Equal(CustomMetadata.Empty, Parse("""{"metadata":null}""").ApplyTo(Before).Metadata);
    }

    [Theory]
    [InlineData("""{"name":"é","crc32c":"4waSgw==","md5Hash":"JfnnlDI7RTiF9RgfG2JNCw=="}""", "é", 0xE3069283u, "JfnnlDI7RTiF9RgfG2JNCw==")]
    [InlineData(" \r\n", null, null, null)]
    [InlineData("""{"name":null}""", null, null, null)]
    public void Parse_NameAndChecksums_AreRead(string text, string? name, uint? crc32C, string? md5)
    {
        var json = Parse(text);

        Assert.Equal((name, crc32C, md5), (json.Name, json.Crc32C, json.Md5));
    }

    [Theory]
    [InlineData("[]", "invalid")]
    [InlineData("null", "invalid")]
    [InlineData("{", "parseError")]
    [InlineData("{}{}", "parseError")]
    [InlineData("""{"name":5}""", "invalid")]
    [InlineData("""{"name":"\uD800"}""", "parseError")]
    [InlineData("""{"contentType":{}}""", "invalid")]
    [InlineData("""{"metadata":[]}""", "invalid")]
    [InlineData("""{"metadata":{"a":{}}}""", "invalid")]
    [InlineData("""{"metadata":{"a":"\uDC00"}}""", "parseError")]
    [InlineData("""{"metadata":{"\uDC00":"a"}}""", "parseError")]
    [InlineData("""{"crc32c":"AAAA"}""", "invalid")]
    [InlineData("""{"md5Hash":"AAAA"}""", "invalid")]
    public void Parse_WhatIsNoDescription_IsRefused(string text, string reason)
    {
        var failure = Assert.Throws<StorageRequestException>(() =>
        {
            var json = Parse(text);
            _ = (json.Name, json.Crc32C, json.Md5, json.ApplyTo(Before));
        });

        Assert.Equal((400, reason), (failure.Status, failure.Reason));
    }

    [Fact]
    public async Task ReadAsync_TooLong_Is413()
    {
        var longest = new byte[64 * 1024];
        longest.AsSpan().Fill((byte)' ');
        Assert.Null((await ObjectJson.ReadAsync(new MemoryStream(longest), TestContext.Current.CancellationToken)).Name);

        var failure = await Assert.ThrowsAsync<StorageRequestException>(
            () => ObjectJson.ReadAsync(new MemoryStream([.. longest, (byte)' ']), TestContext.Current.CancellationToken));

        Assert.Equal(413, failure.Status);
    }

    private static ObjectJson Parse(string text) => ObjectJson.Parse(Encoding.UTF8.GetBytes(text));
}
