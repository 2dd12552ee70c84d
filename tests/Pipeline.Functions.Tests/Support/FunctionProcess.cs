using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Functions.Tests.Support;

/// <summary>The program as a process of its own.</summary>
internal static class FunctionProcess
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Process Start(string? target, string? port, string directory, params (string Name, string Value)[] environment) =>
        Start("dotnet", [Program], target, port, directory, environment);

    /// <summary>In a mount namespace of its own, in which a folder is a small empty disk.</summary>
    public static Process StartOnSmallDisk(string target, int port, string disk, string size, params (string Name, string Value)[] environment) => Start(
        "unshare",
        ["-Urm", "sh", "-c", "mount -t tmpfs -o size=\"$2\" tmpfs \"$1\" && exec dotnet \"$0\"", Program, disk, size],
        target,
        $"{port}",
        disk,
        environment);

    /// <summary>Whether this machine lets an ordinary process have a disk of its own.</summary>
    public static bool HasSmallDisks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            using var process = Process.Start("unshare", ["-Urm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Waits until a path of the process answers 200.</summary>
    public static async Task UntilAsync(string path, int port, Process process)
    {
        using var client = new HttpClient();
        var begin = TimeProvider.System.GetTimestamp();
        var answer = "none";
        while (!process.HasExited && TimeProvider.System.GetElapsedTime(begin) < Patience)
        {
            try
            {
                using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"), Cancellation);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }

                answer = await response.Content.ReadAsStringAsync(Cancellation);
            }
            catch (HttpRequestException exception)
            {
                answer = exception.Message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);
        }

        Assert.Fail(process.HasExited ? $"The process ended with {process.ExitCode}." : $"{path} did not answer 200 in time, but: {answer}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Program => typeof(Serve).Assembly.Location;

    private static Process Start(
        string file, string[] arguments, string? target, string? port, string directory, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("FUNCTION_TARGET");
        start.Environment.Remove("PORT");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

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
}
