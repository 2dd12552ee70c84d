using Pipeline.Embedded.Endpoint;
using Pipeline.Embedded.Tests.Support;

namespace Pipeline.Embedded.Tests.Endpoint;

public sealed class PercentEncodingTests
{
    [Theory]
    [InlineData("a%2Fb", "a/b")]
    [InlineData("%252F", "%2F")]
    [InlineData("%2e%2E", "..")]
    [InlineData("a+b", "a+b")]
    [InlineData("%F0%9F%98%80", "😀")]
    [InlineData("é😀", "é😀")]
    [InlineData("%00", "\0")]
    [InlineData("", "")]
    [InlineData("%", null)]
    [InlineData("%2", null)]
    [InlineData("%zz", null)]
    [InlineData("% 2F", null)]
    [InlineData("%+2F", null)]
    [InlineData("%C3", null)]
    [InlineData("%FF", null)]
    [InlineData("%ED%A0%80", null)]
    [InlineData("%C0%AF", null)]
    public void TryDecode_Text_IsReadStrictly(string text, string? expected)
    {
        Assert.Equal(expected, PercentEncoding.TryDecode(text, plusIsSpace: false));
    }

    [Fact]
    public void TryDecode_Plus_IsASpaceInQueriesOnly()
    {
        Assert.Equal("a b+", PercentEncoding.TryDecode("a+b%2B", plusIsSpace: true));
    }

    [Fact]
    public void TryDecode_EveryNameEncoded_IsTheName()
    {
        Assert.All(Names.All, name => Assert.Equal(name, PercentEncoding.TryDecode(Uri.EscapeDataString(name), plusIsSpace: false)));
    }
}
