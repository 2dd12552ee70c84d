using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;

namespace Pipeline.EndToEnd.Tests;

/// <summary>The <c>pipeline</c> command as a person types it.</summary>
public sealed class CommandTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Classify_AllSamplesAsJson_GivesTheKnownLabels()
    {
        var (exitCode, output, _) = await CommandProcess.RunAsync("classify", Programs.Samples, "--json");

        Assert.Equal(0, exitCode);
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Programs.Samples, "expected.json"), CancellationToken));
        using var results = JsonDocument.Parse(output);
        Assert.Equal(expected.RootElement.EnumerateObject().Count(), results.RootElement.GetArrayLength());
        Assert.All(results.RootElement.EnumerateArray(), result =>
        {
            var sample = expected.RootElement.GetProperty(Path.GetFileName(result.GetProperty("file").GetString()!));
            Assert.Equal(sample.GetProperty("label").GetString(), result.GetProperty("label").GetString());
            Assert.Equal(sample.GetProperty("score").GetDouble(), result.GetProperty("score").GetDouble(), 1e-4);
        });
    }

    [Fact]
    public async Task Classify_TraceAsked_PrintsWhereTheTimeGoes()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("classify", Path.Combine(Programs.Samples, "clock.jpg"), "--json", "--trace-start");

        Assert.Equal(0, exitCode);
        using var results = JsonDocument.Parse(output);
        string[] stages = ["runtime", "command line", "model hashed", "graph read", "session made", "plan compiled, weights packed", "decode", "inference", "classify"];
        Assert.All(stages, stage => Assert.Matches($@"\n +\d.* {stage}\n", error));
    }

    [Fact]
    public async Task Classify_NoPicture_SaysWhyAndExitsWith1()
    {
        var (exitCode, output, _) = await CommandProcess.RunAsync("classify", Path.Combine(Programs.Samples, "expected.json"), Path.Combine(Programs.Samples, "clock.jpg"));

        Assert.Equal(1, exitCode);
        Assert.Contains("NOT_AN_IMAGE", output, StringComparison.Ordinal);
        Assert.Contains("spotlight", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no such file", "classify", "/no/such/file.jpg")]
    [InlineData("See: pipeline --help", "nonsense")]
    [InlineData("See: pipeline run --help", "run", "--port", "many")]
    [InlineData("a port is 1 to 65535", "run", "--port", "65536")]
    [InlineData("--once needs --samples", "run", "--once")]
    public async Task Misuse_AnyCommand_ExitsWith2AndSaysWhatIsRight(string message, params string[] arguments)
    {
        var (exitCode, _, error) = await CommandProcess.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SamplesOnce_EndsWithEveryKnownLabel()
    {
        var data = Directory.CreateTempSubdirectory("pipeline-").FullName;
        try
        {
            var (exitCode, output, error) = await CommandProcess.RunAsync(
                "run", "--once", "--samples", Programs.Samples, "--data", data, "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}");

            Assert.True(exitCode == 0, output + error);
            Assert.Contains("espresso", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
