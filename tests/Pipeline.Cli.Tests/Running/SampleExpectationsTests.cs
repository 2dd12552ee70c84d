using Pipeline.Cli.Running;

namespace Pipeline.Cli.Tests.Running;

public sealed class SampleExpectationsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("samples-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LabelOf_KnownSample_IsItsLabel()
    {
        File.WriteAllText(Path.Combine(_folder, "expected.json"), """{"a.jpg": {"label": "cat", "score": 0.5}}""");

        var expected = SampleExpectations.Read(_folder);

        Assert.Equal("cat", expected.LabelOf("a.jpg"));
        Assert.Null(expected.LabelOf("b.jpg"));
    }

    [Fact]
    public void Read_NoFile_ExpectsNothing()
    {
        Assert.Null(SampleExpectations.Read(_folder).LabelOf("a.jpg"));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"a.jpg": {}}""")]
    [InlineData("""{"a.jpg": {"label": 1}}""")]
    public void Read_AnotherForm_NamesTheFile(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "expected.json"), content);

        Assert.Contains("expected.json", Assert.Throws<ArgumentException>(() => SampleExpectations.Read(_folder)).Message, StringComparison.Ordinal);
    }
}
