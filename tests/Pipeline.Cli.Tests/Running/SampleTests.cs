using System.Collections.Immutable;
using Pipeline.Cli.Running;
using Pipeline.Worker.Documents;

namespace Pipeline.Cli.Tests.Running;

public sealed class SampleTests
{
    [Theory]
    [InlineData("classified", 7, true)]
    [InlineData("failed", 7, true)]
    [InlineData("processing", 7, false)]
    [InlineData("retrying", 7, false)]
    [InlineData("classified", 6, false)]
    public void IsFinal_StatusAndGeneration_BothDecide(string status, long generation, bool isFinal)
    {
        var fields = ImmutableSortedDictionary<string, DocumentValue>.Empty.Add("status", status).Add("generation", generation);
        var document = new DocumentSnapshot(new DocumentPath("classifications", "a"), fields, default, default);

        Assert.Equal(isFinal, new Sample("a.jpg", "a.jpg", 7, document).IsFinal);
    }

    [Fact]
    public void Status_NoDocumentYet_IsPending()
    {
        Assert.Equal("pending", new Sample("a.jpg", "a.jpg", 7, null).Status);
    }
}
