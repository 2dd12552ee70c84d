using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Pipeline.Functions.Tests.Support;

namespace Pipeline.Functions.Tests;

/// <summary>The program as the platform starts it: a process in another directory, told by its environment, ended by a signal.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null)]
    [InlineData("Pipeline.Functions.Unknown", null)]
    [InlineData("Pipeline.Functions.ClassifyUpload", "no port")]
    public async Task Start_CalledWrongly_EndsWith2AndSaysWhy(string? target, string? port)
    {
        using var process = Start(target, port, RunningFunction.NewFolder());

        var error = await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, TimeProvider.System, Cancellation);

        Assert.Equal(2, process.ExitCode);
        Assert.Contains(port is null ? "Pipeline.Functions.ClassifyUpload, Pipeline.Functions.ForgetUpload" : "'no port'", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sigterm_Idle_EndsWith0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals on Windows.");
        var port = FreePort();
        using var process = Start("Pipeline.Functions.ForgetUpload", $"{port}", RunningFunction.NewFolder());
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        await UntilLiveAsync(port, process);
        var clock = TimeProvider.System.GetTimestamp();

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        await process.WaitForExitAsync(Cancellation).WaitAsync(Patience, TimeProvider.System, Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.True(TimeProvider.System.GetElapsedTime(clock) < TimeSpan.FromSeconds(8));
        foreach (var line in (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.True(JsonElement.Parse(line).TryGetProperty("severity", out _));
        }
    }

    private static Process Start(string? target, string? port, string directory)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Serve).Assembly.Location])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["K_SERVICE"] = "some-service";
        start.Environment.Remove("FUNCTION_TARGET");
        start.Environment.Remove("PORT");
        if (target is not null)
        {
            start.Environment["FUNCTION_TARGET"] = target;
        }

        if (port is not null)
        {
            start.Environment["PORT"] = port;
        }

        return Process.Start(start)!;
    }

    private static async Task UntilLiveAsync(int port, Process process)
    {
        using var client = new HttpClient();
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                using var response = await client.GetAsync($"http://127.0.0.1:{port}/health/live", Cancellation);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && TimeProvider.System.GetElapsedTime(begin) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
