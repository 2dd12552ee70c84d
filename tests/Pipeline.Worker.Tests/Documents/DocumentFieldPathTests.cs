using Pipeline.Worker.Documents;

namespace Pipeline.Worker.Tests.Documents;

public sealed class DocumentFieldPathTests
{
    [Theory]
    [InlineData("a", "a")]
    [InlineData("a._b9", "a|_b9")]
    [InlineData("`a.b`.c", "a.b|c")]
    [InlineData(@"`\``.`\\`", @"`|\")]
    [InlineData("`0`.`grün`", "0|grün")]
    public void Parse_ValidPath_RoundTrips(string path, string segments)
    {
        Assert.Equal(segments.Split('|'), DocumentFieldPath.Parse(path));
        Assert.Equal(path, DocumentFieldPath.Format(segments.Split('|')));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("0a")]
    [InlineData("a b")]
    [InlineData("a`b`")]
    [InlineData("``")]
    [InlineData("`a")]
    [InlineData("`a`b")]
    [InlineData(@"`a\`")]
    [InlineData("grün")]
    public void Parse_InvalidPath_Throws(string path) => Assert.Throws<FormatException>(() => DocumentFieldPath.Parse(path));
}
