using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting.Tests.Startup;

public sealed class NearestNameTests
{
    private static readonly string[] Known = ["Limits:MaxBytes", "Limits:MaxPixels", "Lease", "Rules:0:Model", "--json"];

    [Theory]
    [InlineData("Limit:MaxBytes", "Limits:MaxBytes")]
    [InlineData("limits:maxbyts", "Limits:MaxBytes")]
    [InlineData("Limits:MaxByets", "Limits:MaxBytes")]
    [InlineData("Limits:MaxPixel", "Limits:MaxPixels")]
    [InlineData("Laese", "Lease")]
    [InlineData("--jsn", "--json")]
    [InlineData("Rules:0:Colour", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void Find_MistypedName_IsTheOneThatWasMeant(string name, string? expected) => Assert.Equal(expected, NearestName.Find(name, Known));

    [Fact]
    public void Find_NothingKnown_IsNull() => Assert.Null(NearestName.Find("Lease", []));
}
