using System.Text;
using Pipeline.Hosting.Requests;

namespace Pipeline.Hosting.Tests.Requests;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData(" [1, -0.5, 1e308, true, false, null, \"\", {\"a\":{\"a\":1}}] ")]
    [InlineData("\"\\ud83c\\udf37 \\u0000 \\/\"")]
    [InlineData("\"\U0001F337\"")]
    [InlineData("1e-400")]
    [InlineData("123456789012345678901234567890")]
    public void Parse_Json_IsRead(string json) => _ = StrictJson.Parse(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("[1,]")]
    [InlineData("{'a':1}")]
    [InlineData("// comment\n{}")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("01")]
    [InlineData("1e400")]
    [InlineData("[-1e400]")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udf37\\ud83c\"")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":2}")]
    [InlineData("[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]")]
    [InlineData("\"a\0b\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\uFEFF{}")]
    [InlineData("\0")]
    public void Parse_Other_Throws(string text) =>
        Assert.NotEmpty(Assert.Throws<InvalidJsonException>(() => StrictJson.Parse(Encoding.UTF8.GetBytes(text))).Message);

    [Theory]
    [InlineData("22FF22")]
    [InlineData("22C0AF22")]
    [InlineData("22EDA08022")]
    [InlineData("22F4908080")]
    [InlineData("FEFF007B007D")]
    public void Parse_InvalidUtf8_Throws(string hex) => Assert.Throws<InvalidJsonException>(() => StrictJson.Parse(Convert.FromHexString(hex)));

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Parse_Depth_IsLimited(char open, char close)
    {
        _ = StrictJson.Parse(Nested(open, close, StrictJson.MaxDepth));
        Assert.Throws<InvalidJsonException>(() => StrictJson.Parse(Nested(open, close, StrictJson.MaxDepth + 1)));
        Assert.Throws<InvalidJsonException>(() => StrictJson.Parse(Nested(open, close, 500_000)));
    }

    private static byte[] Nested(char open, char close, int levels)
    {
        var text = new StringBuilder();
        for (var level = 0; level < levels; level++)
        {
            text.Append(open).Append(open == '{' && level + 1 < levels ? "\"a\":" : string.Empty);
        }

        return Encoding.UTF8.GetBytes(text.Append(close, levels).ToString());
    }
}
