using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests;

/// <summary>The program as the platform starts it: a process in another directory, told by its environment, ended by a signal.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly (string Name, string Value) OnCloudRun = ("K_SERVICE", "some-service");
    private static readonly (string Name, string Value) WithoutFirestore = ("Pipeline__Embedded__Data", "data");

    private readonly string _folder = RunningFunction.NewFolder();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, null)]
    [InlineData("Pipeline.Functions.Unknown", null)]
    [InlineData("Pipeline.Functions.ClassifyUpload", "no port")]
    public async Task Start_CalledWrongly_EndsWith2AndSaysWhy(string? target, string? port)
    {
        using var process = FunctionProcess.Start(target, port, _folder, OnCloudRun);

        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(FunctionProcess.Patience, TimeProvider.System, Cancellation);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(port is null ? "Pipeline.Functions.ClassifyUpload, Pipeline.Functions.ForgetUpload" : "'no port'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortTaken_EndsWith1AndSaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var process = FunctionProcess.Start("Pipeline.Functions.ForgetUpload", $"{port}", _folder);

        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(FunctionProcess.Patience, TimeProvider.System, Cancellation);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"The service cannot listen: Failed to bind to address http://127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + await output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_Idle_EndsWith0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        var port = FunctionProcess.FreePort();
        using var process = FunctionProcess.Start("Pipeline.Functions.ForgetUpload", $"{port}", _folder, OnCloudRun, WithoutFirestore);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        await FunctionProcess.UntilAsync("/health/live", port, process);
        var clock = TimeProvider.System.GetTimestamp();

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await process.WaitForExitAsync(Cancellation).WaitAsync(FunctionProcess.Patience, TimeProvider.System, Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.True(TimeProvider.System.GetElapsedTime(clock) < TimeSpan.FromSeconds(8));
        foreach (var line in (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(JsonElement.Parse(line).TryGetProperty("severity", out _));
        }
    }
}
