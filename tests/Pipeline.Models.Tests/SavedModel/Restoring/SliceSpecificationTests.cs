using Pipeline.Models.SavedModel.Restoring;

namespace Pipeline.Models.Tests.SavedModel.Restoring;

public sealed class SliceSpecificationTests
{
    [Fact]
    public void TryParse_Extents_GivesStartsAndLengths()
    {
        var slice = SliceSpecification.TryParse("4 16 1,2:-", [4, 16])!;

        Assert.Equal([1, 0], slice.Starts);
        Assert.Equal([2, 16], slice.Lengths);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4 16")]
    [InlineData("5 16 0,2:-")]
    [InlineData("4 16 0,2")]
    [InlineData("4 16 0,2:-:-")]
    [InlineData("4 16 0,5:-")]
    [InlineData("4 16 x,2:-")]
    [InlineData("4 16 0,-2:-")]
    public void TryParse_SomethingElse_IsNull(string text) => Assert.Null(SliceSpecification.TryParse(text, [4, 16]));
}
