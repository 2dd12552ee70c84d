using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Uploads;

public sealed class PatternCoverTests
{
    [Theory]
    [InlineData("**", "users/{uid}/**", true)]
    [InlineData("users/{uid}/**", "**", false)]
    [InlineData("users/*/photos/*", "users/{uid}/photos/{photo}", true)]
    [InlineData("users/{uid}/photos/{photo}", "users/*/photos/*", false)]
    [InlineData("users/**", "users/{uid}/photos/x", true)]
    [InlineData("**/a/**", "a/b/a/x", true)]
    [InlineData("**/x", "a/**/x", true)]
    [InlineData("a/**/x", "**/x", false)]
    [InlineData("*/**", "a/**", true)]
    [InlineData("*/**", "**", false)]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("./{x}", "./*", false)]
    public void Covers_Patterns_AsPeopleSeeThem(string earlier, string later, bool expected) =>
        Assert.Equal(expected, PatternCover.Covers(Parse(earlier), Parse(later)));

    [Fact]
    public void Covers_AllSmallPatterns_AgreesWithAllSmallNames()
    {
        var patterns = Sequences(["a", "b", "*", "**", "{c}"], 3).Where(static pattern => pattern.Count(static part => part == "{c}") < 2)
            .Select(static pattern => Parse(string.Join('/', pattern))).ToArray();
        var names = Sequences(["a", "b", "z", "..", ""], 5).Where(static name => name[^1].Length > 0).Select(static name => string.Join('/', name)).ToArray();
        var matched = patterns.ToDictionary(static pattern => pattern, pattern => names.Where(name => pattern.Match(name) is not null).ToHashSet());
        foreach (var earlier in patterns)
        {
            foreach (var later in patterns)
            {
                Assert.True(
                    PatternCover.Covers(earlier, later) == matched[later].IsSubsetOf(matched[earlier]), $"{earlier.Text} and {later.Text} disagree.");
            }
        }
    }

    [Fact]
    public void Covers_EntangledPatterns_EndsWithinBounds()
    {
        var earlier = Parse(string.Join('/', Enumerable.Repeat("**/a/*", 40)));
        var later = Parse(string.Join('/', Enumerable.Repeat("**/a/*/*", 40)));

        Assert.False(PatternCover.Covers(earlier, later));
    }

    private static IEnumerable<string[]> Sequences(string[] items, int longest) =>
        Enumerable.Range(1, longest).SelectMany(length => Enumerable.Range(0, (int)Math.Pow(items.Length, length)).Select(
            number => Enumerable.Range(0, length).Select(place => items[number / (int)Math.Pow(items.Length, place) % items.Length]).ToArray()));

    private static UploadPattern Parse(string text) => UploadPattern.Parse(text, out _)!;
}
