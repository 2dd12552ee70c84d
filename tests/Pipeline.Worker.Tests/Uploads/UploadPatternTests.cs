using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class UploadPatternTests
{
    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("*", "a")]
    [InlineData("*", "a b\tü")]
    [InlineData("*/*", "a/b")]
    [InlineData("**", "a")]
    [InlineData("**", "a/b/c")]
    [InlineData("**", "a//b")]
    [InlineData("a/**", "a/b")]
    [InlineData("a/**", "a/b/c/d")]
    [InlineData("a/**/z", "a/z")]
    [InlineData("a/**/z", "a/b/z")]
    [InlineData("a/**/z", "a/b/z/z")]
    [InlineData("**/z", "z")]
    [InlineData("**/z", "a/b/z")]
    [InlineData("**/a/**/b", "a/a/b/a/b")]
    [InlineData("**/**", "a")]
    [InlineData("**/*/**/x", "a/x")]
    [InlineData("ünï/花/*", "ünï/花/🌻.png")]
    [InlineData("a.b+c(d)$", "a.b+c(d)$")]
    public void Match_NameThatFits_Matches(string pattern, string name) => Assert.NotNull(Parse(pattern).Match(name));

    [Theory]
    [InlineData("a/b", "a/B")]
    [InlineData("a/b", "a/b/c")]
    [InlineData("a/b", "a")]
    [InlineData("*", "a/b")]
    [InlineData("*", "")]
    [InlineData("*/*", "a/")]
    [InlineData("*/*", "/a")]
    [InlineData("*/*/*", "a//b")]
    [InlineData("**", "a/")]
    [InlineData("a/**", "a")]
    [InlineData("a/**", "a/")]
    [InlineData("a/**", "ab/c")]
    [InlineData("a/**/z", "a/b/y")]
    [InlineData("**/z", "a/zz")]
    [InlineData("users/{uid}/{photo}", "users//x")]
    [InlineData("users/{uid}/{photo}", "users/u/")]
    [InlineData("users/{uid}/{photo}", "users/./x")]
    [InlineData("users/{uid}/{photo}", "users/../x")]
    [InlineData("users/{uid}/{photo}", "users/__u__/x")]
    [InlineData("a.b", "aXb")]
    [InlineData("\u00E9", "e\u0301")]
    public void Match_NameThatDoesNotFit_IsNull(string pattern, string name) => Assert.Null(Parse(pattern).Match(name));

    [Theory]
    [InlineData("users/{uid}/photos/{photo}", "users/u 1/photos/ä%2F.png", "photo=ä%2F.png,uid=u 1")]
    [InlineData("**/{last}", "a/b/c", "last=c")]
    [InlineData("{first}/**", "a/b/c", "first=a")]
    [InlineData("**/x/{after}/**", "x/1/x/2", "after=1")]
    [InlineData("**/x/{after}", "x/1/x/2", "after=2")]
    [InlineData("**/{a}/x/{b}", "1/2/x/3/4/x/5", "a=4,b=5")]
    public void Match_Captures_AreTheSegments(string pattern, string name, string captures) => Assert.Equal(
        captures,
        string.Join(',', Parse(pattern).Match(name)!.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}={pair.Value}")));

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("*.jpg")]
    [InlineData("a/***")]
    [InlineData("a{b}")]
    [InlineData("{}")]
    [InlineData("{a b}")]
    [InlineData("{a}/{a}")]
    [InlineData("{a=**}")]
    [InlineData("a}")]
    public void Parse_PatternThatCannotBe_SaysWhy(string pattern)
    {
        Assert.Null(UploadPattern.Parse(pattern, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Match_ManyDepthsOnALongName_IsQuick()
    {
        var pattern = Parse(string.Join('/', Enumerable.Repeat("**/a", 60)) + "/b");

        Assert.Null(pattern.Match(string.Join('/', Enumerable.Repeat("a", 512))));
    }

    [Fact]
    public void Match_AgainstEveryWayToMatch_Agrees()
    {
        string[] parts = ["a", "b", "*", "**"];
        string[] texts = ["a", "b"];
        foreach (var pattern in Sequences(parts, 4))
        {
            var parsed = Parse(string.Join('/', pattern));
            foreach (var name in Sequences(texts, 4))
            {
                Assert.Equal(Fits(pattern, name), parsed.Match(string.Join('/', name)) is not null);
            }
        }
    }

    private static IEnumerable<string[]> Sequences(string[] items, int longest) =>
        Enumerable.Range(1, longest).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(items.Length, length)).Select(
            number => Enumerable.Range(0, length).Select(place => items[number / (int)Math.Pow(items.Length, place) % items.Length]).ToArray()));

    /// <summary>The definition, tried in every way.</summary>
    private static bool Fits(ReadOnlySpan<string> pattern, ReadOnlySpan<string> name)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] == "**")
        {
            for (var taken = pattern.Length == 1 ? 1 : 0; taken <= name.Length; taken++)
            {
                if (Fits(pattern[1..], name[taken..]))
                {
                    return true;
                }
            }

            return false;
        }

        return !name.IsEmpty && (pattern[0] == "*" || pattern[0] == name[0]) && Fits(pattern[1..], name[1..]);
    }

    private static UploadPattern Parse(string pattern)
    {
        var parsed = UploadPattern.Parse(pattern, out var error);
        Assert.Empty(error);
        return parsed!;
    }
}
