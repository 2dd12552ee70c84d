using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Pipeline.EndToEnd.Tests.Support;

/// <summary>A worker in a process of its own, started in a folder that is not its own.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly DirectoryInfo? _scratch;

    private ServiceProcess(Process process, int port, DirectoryInfo? scratch)
    {
        _scratch = scratch;
        _process = process;
        Address = new Uri($"http://127.0.0.1:{port}/");
        process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(100) };

    /// <summary>What the process wrote.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <param name="target">A function's full type name.</param>
    /// <param name="settings">Configuration keys with ':' below <c>Pipeline</c>.</param>
    /// <param name="variables">Environment variables besides.</param>
    public static async Task<ServiceProcess> StartAsync(
        string target,
        IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        var port = FreePorts.Next();
        var start = new ProcessStartInfo("dotnet", [Programs.Functions])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = $"{port}";
        start.Environment["FUNCTION_TARGET"] = target;
        foreach (var (key, value) in settings)
        {
            start.Environment[$"Pipeline__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        // What a process that is killed leaves behind goes with it.
        var scratch = Directory.CreateTempSubdirectory("pipeline-");
        start.Environment["TMPDIR"] = scratch.FullName;
        return await StartAsync(start, port, scratch, cancellationToken);
    }

    /// <summary>Starts a worker that is told its port and its target and nothing else, with no environment besides, and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartBareAsync(string program, string target, string directory, CancellationToken cancellationToken)
    {
        var port = FreePorts.Next();
        var start = new ProcessStartInfo("dotnet", [program]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        start.Environment["PORT"] = $"{port}";
        start.Environment["FUNCTION_TARGET"] = target;
        return await StartAsync(start, port, null, cancellationToken);
    }

    /// <summary>The names of the files that the process has mapped, its libraries among them; Linux only.</summary>
    public async Task<IReadOnlySet<string>> MappedFilesAsync(CancellationToken cancellationToken) =>
        (await File.ReadAllLinesAsync($"/proc/{_process.Id}/maps", cancellationToken)).Select(Path.GetFileName).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM, and the exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await signal.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _scratch?.Delete(recursive: true);
        Http.Dispose();
    }

    private static async Task<ServiceProcess> StartAsync(ProcessStartInfo start, int port, DirectoryInfo? scratch, CancellationToken cancellationToken)
    {
        var service = new ServiceProcess(Process.Start(start)!, port, scratch);
        try
        {
            await service.WaitUntilReadyAsync(cancellationToken);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < StartTime)
        {
            if (_process.HasExited)
            {
                break;
            }

            try
            {
                using var answer = await Http.GetAsync(new Uri(Address, "health/ready"), cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException($"The worker did not become ready. It wrote:{Environment.NewLine}{Output}");
    }
}
