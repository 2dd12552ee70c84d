using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Tests.Package.Manifest;

public sealed class NearestNameTests
{
    private static readonly string[] Candidates = ["width", "height", "resize", "resizeTo", "std"];

    [Theory]
    [InlineData("wdith", "width")]
    [InlineData("Width", "width")]
    [InlineData("hight", "height")]
    [InlineData("resize_to", "resizeTo")]
    [InlineData("resized", "resize")]
    [InlineData("sdt", "std")]
    [InlineData("stdd", "std")]
    public void Find_Misspelling_IsTheName(string name, string expected) => Assert.Equal(expected, NearestName.Find(name, Candidates));

    [Theory]
    [InlineData("")]
    [InlineData("mean")]
    [InlineData("interpolation")]
    public void Find_SomethingElse_IsNull(string name) => Assert.Null(NearestName.Find(name, Candidates));

    [Fact]
    public void Find_OverlongName_IsNotLookedAt() => Assert.Null(NearestName.Find(new string('w', 65), [new string('w', 65)]));
}
