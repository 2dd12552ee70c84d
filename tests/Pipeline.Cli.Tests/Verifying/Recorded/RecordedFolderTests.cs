using Pipeline.Cli.Verifying.Recorded;

namespace Pipeline.Cli.Tests.Verifying.Recorded;

public sealed class RecordedFolderTests : IDisposable
{
    private const string Tensor = """{"name": "x", "dtype": "float32", "shape": [2], "offset": 0, "length": 8}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("recorded-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CasesOf_Recording_GivesItsTensors()
    {
        Write(Case("m", Tensor), [0, 0, 128, 63, 0, 0, 0, 64]);
        using var recording = RecordedFolder.Open(_folder);

        var recorded = Assert.Single(recording.CasesOf(Path.Combine(_folder, "m"), null));

        Assert.Equal([1f, 2f], recorded.Inputs[0].Value!.Elements<float>().ToArray());
        Assert.Equal((1e-4, 1e-5, "serving_default"), (recorded.Relative, recorded.Absolute, recorded.Signature));
        Assert.Equal(["serve"], recorded.Tags);
    }

    [Fact]
    public void CasesOf_AnotherPlaceOrName_IsFoundByNameOrByWhatIsSaid()
    {
        Write(Case("deep/m", Tensor), new byte[8]);
        using var recording = RecordedFolder.Open(_folder);

        Assert.Single(recording.CasesOf("/elsewhere/m/", null));
        Assert.Single(recording.CasesOf("/elsewhere/other", "deep/m"));
        var error = Assert.Throws<InvalidRecordingException>(() => recording.CasesOf("/elsewhere/other", null));
        Assert.Contains("deep/m", error.Message, StringComparison.Ordinal);
        Assert.Contains("--recorded-as", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [2], "offset": 1, "length": 8}""", "tensors.bin holds 8")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [3], "offset": 0, "length": 8}""", "needs 12 bytes")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [2], "offset": -8, "length": 8}""", "at -8")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [2], "offset": 9223372036854775807, "length": 8}""", "tensors.bin holds 8")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [2147483647, 2147483647], "offset": 0, "length": 8}""", "tensor 'x'")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [-1], "offset": 0, "length": 8}""", "tensor 'x'")]
    [InlineData("""{"name": "x", "dtype": "complex64", "shape": [1], "offset": 0, "length": 8}""", "complex64")]
    [InlineData("""{"name": "x", "dtype": "3", "shape": [1], "offset": 0, "length": 8}""", "dtype")]
    [InlineData("""{"dtype": "float32", "shape": [2], "offset": 0, "length": 8}""", "no name")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": [2], "offset": 0}""", "not in the format")]
    [InlineData("""{"name": "x", "dtype": "float32", "shape": 2, "offset": 0, "length": 8}""", "not in the format")]
    [InlineData("7", "not in the format")]
    public void CasesOf_BrokenTensor_IsRefused(string tensor, string message)
    {
        Write(Case("m", tensor), new byte[8]);
        using var recording = RecordedFolder.Open(_folder);

        Assert.Contains(message, Assert.Throws<InvalidRecordingException>(() => recording.CasesOf("m", null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"cases": 1}""")]
    [InlineData("""{"cases": [1]}""")]
    public void Open_BrokenIndex_IsRefused(string index)
    {
        Write(index, []);

        Assert.Throws<InvalidRecordingException>(() =>
        {
            using var recording = RecordedFolder.Open(_folder);
            recording.CasesOf("m", null);
        });
    }

    [Fact]
    public void Open_NoIndex_SaysWhatARecordingIs() =>
        Assert.Contains("tensors.bin", Assert.Throws<InvalidRecordingException>(() => RecordedFolder.Open(_folder)).Message, StringComparison.Ordinal);

    private static string Case(string path, string tensor) =>
        $$$"""{"cases": [{"id": "a", "kind": "saved_model", "path": "{{{path}}}", "signature": "serving_default", "inputs": [{{{tensor}}}], "outputs": [], "tolerance": {"rel": 1e-4, "abs": 1e-5}}]}""";

    private void Write(string index, byte[] tensors)
    {
        File.WriteAllText(Path.Combine(_folder, "index.json"), index);
        File.WriteAllBytes(Path.Combine(_folder, "tensors.bin"), tensors);
    }
}
