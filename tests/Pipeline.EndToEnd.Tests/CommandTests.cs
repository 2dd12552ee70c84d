using System.Text.Json;
using Pipeline.EndToEnd.Tests.Support;
using Pipeline.Testing.Uploads;

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
            // Its bucket is its own folder, whatever clients of this shell are told.
            var (exitCode, output, error) = await CommandProcess.RunAsync(
                [("STORAGE_EMULATOR_HOST", "127.0.0.1:1")],
                "run", "--once", "--samples", Programs.Samples, "--data", data, "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}");

            Assert.True(exitCode == 0, output + error);
            Assert.Contains("espresso", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Run_FolderOrPortTakenOrNotWritable_SaysWhatToDoAndExitsWith1()
    {
        await using var world = await EndToEndFixture.CreateAsync(CancellationToken);
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        var free = Directory.CreateTempSubdirectory("pipeline-").FullName;
        try
        {
            (string Message, string[] Arguments)[] cases =
            [
                ("Another 'pipeline run' works in this folder", ["--data", world.Data, "--bucket", StorageHost.Bucket, "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}"]),
                ($"Port {port} is taken. Choose another one for the worker with --port", ["--data", free, "--port", $"{port}", "--storage-port", $"{FreePorts.Next()}"]),
                ($"Port {port} is taken. Choose another one for the page", ["--data", free, "--port", $"{FreePorts.Next()}", "--storage-port", $"{port}"]),
                ("with --data", ["--data", "/proc/none", "--port", $"{FreePorts.Next()}", "--storage-port", $"{FreePorts.Next()}"]),
            ];
            foreach (var (message, arguments) in cases)
            {
                var (exitCode, _, error) = await CommandProcess.RunAsync(["run", .. arguments]);

                Assert.Equal(1, exitCode);
                Assert.Contains(message, error, StringComparison.Ordinal);
                Assert.Single(error.TrimEnd().Split('\n'));
            }
        }
        finally
        {
            Directory.Delete(free, recursive: true);
        }
    }

    [Fact]
    public async Task Classify_ManyAsCsv_OneLineEach()
    {
        var (exitCode, output, error) = await CommandProcess.RunAsync("classify", Programs.Samples, "--csv");

        Assert.True(exitCode == 0, error);
        var lines = output.TrimEnd().Split("\r\n");
        Assert.Equal(13, lines.Length);
        Assert.Contains(lines, line => line.Contains("coffee.jpg,espresso,0.93", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', output + error);
    }
}
