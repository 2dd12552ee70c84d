using Pipeline.Models.SavedModel.Graphs;

namespace Pipeline.Models.Tests.SavedModel.Graphs;

public sealed class GraphReferenceTests
{
    [Theory]
    [InlineData("node", "node", null, 0)]
    [InlineData("a/b:3", "a/b", null, 3)]
    [InlineData("node:y", "node", "y", 0)]
    [InlineData("node:reserve_space_1:2", "node", "reserve_space_1", 2)]
    public void TryParse_Reference_IsTakenApart(string text, string name, string? output, int index) =>
        Assert.Equal(new GraphReference(name, output, index), GraphReference.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":0")]
    [InlineData("a:b:c")]
    [InlineData("a::1")]
    [InlineData("a:b:-1")]
    [InlineData("a:b:1:2")]
    [InlineData("a:b:99999999999")]
    public void TryParse_SomethingElse_IsNull(string text) => Assert.Null(GraphReference.TryParse(text));
}
