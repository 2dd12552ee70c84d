using Pipeline.Embedded.Delivery;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Delivery;

public sealed class CloudEventHeadersTests
{
    [Theory]
    [InlineData("objects/a.jpg", "objects/a.jpg")]
    [InlineData("a b", "a%20b")]
    [InlineData("100%", "100%25")]
    [InlineData("\"", "%22")]
    [InlineData("é", "%C3%A9")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("a\r\nce-type: x", "a%0D%0Ace-type:%20x")]
    [InlineData("\u007f", "%7F")]
    [InlineData("!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    public void Encode_Text_FollowsTheHttpBinding(string text, string expected)
    {
        Assert.Equal(expected, CloudEventHeaders.Encode(text));
    }

    [Fact]
    public void Encode_EveryName_IsDecodedToTheSame()
    {
        Assert.All(Names.All, name => Assert.Equal(name, Uri.UnescapeDataString(CloudEventHeaders.Encode(name))));
    }
}
