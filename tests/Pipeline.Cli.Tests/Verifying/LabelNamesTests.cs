using Pipeline.Cli.Verifying;

namespace Pipeline.Cli.Tests.Verifying;

public sealed class LabelNamesTests
{
    private static readonly LabelNames Names = new(["Café", "crane", "black-and-tan / hound", "crane", "Polish", "polish", "tench", "한글", "が", "Việt"]);

    [Theory]
    [InlineData("Café", 0)]
    [InlineData("Cafe\u0301", 0)]
    [InlineData("café", 0)]
    [InlineData("CAFE\u0301", 0)]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", 7)]
    [InlineData("か\u3099", 8)]
    [InlineData("Vie\u0323\u0302t", 9)]
    [InlineData(" tench ", 6)]
    [InlineData("black_and_tan_hound", 2)]
    [InlineData("Black-and-tan _ hound", 2)]
    [InlineData("Polish", 4)]
    [InlineData("polish", 5)]
    public void Find_NameOfOneLabel_IsItsClass(string name, int index) => Assert.Equal([index], Names.Find(name));

    [Fact]
    public void Find_LabelOfSeveralClasses_IsAllOfThem() => Assert.Equal([1, 3], Names.Find("crane"));

    [Theory]
    [InlineData("POLISH")]
    [InlineData("trench")]
    [InlineData("\ud800")]
    [InlineData("")]
    public void Find_NameThatMeansNoneOrSeveral_IsNone(string name) => Assert.Empty(Names.Find(name));

    [Fact]
    public void Nearest_MisspeltName_IsTheLabel() => Assert.Equal("tench", Names.Nearest("trench"));
}
