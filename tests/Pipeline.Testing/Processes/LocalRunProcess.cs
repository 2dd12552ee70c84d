using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace Pipeline.Testing.Processes;

/// <summary><c>pipeline run</c> as a person starts it, in a process of its own, on a folder and ports of its own; ended by its id.</summary>
public sealed class LocalRunProcess : IAsyncDisposable
{
    /// <summary>The bucket that it serves.</summary>
    public const string Bucket = "uploads";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly string[] _arguments;
    private readonly IReadOnlyDictionary<string, string> _variables;
    private Process? _process;

    private LocalRunProcess(string[] arguments, IReadOnlyDictionary<string, string> variables)
    {
        _arguments = arguments;
        _variables = variables;
        Worker = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        Storage = new Uri($"http://127.0.0.1:{FreePorts.Next()}/");
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public string Data { get; } = Directory.CreateTempSubdirectory("pipeline-run-").FullName;

    public Uri Worker { get; }

    /// <summary>The local Cloud Storage endpoint, and the page.</summary>
    public Uri Storage { get; }

    public HttpClient Http { get; } = new();

    /// <summary>What the process wrote.</summary>
    public string Output => string.Join(Environment.NewLine, _lines);

    /// <param name="arguments">Of <c>run</c>, besides the folder and the ports.</param>
    /// <param name="variables">Environment variables.</param>
    /// <param name="isReady">Whether to wait until the model is ready; false: only until the endpoint answers.</param>
    public static async Task<LocalRunProcess> StartAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> variables, bool isReady = true)
    {
        var run = new LocalRunProcess([.. arguments], variables);
        try
        {
            await run.StartAgainAsync(isReady);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts on the same ports and the same data.</summary>
    public async Task StartAgainAsync(bool isReady = true)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Programs.Command, "run", "--data", Data, "--port", $"{Worker.Port}", "--storage-port", $"{Storage.Port}", .. _arguments])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _variables)
        {
            start.Environment[name] = value;
        }

        _process?.Dispose();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitAsync(new Uri(Storage, $"storage/v1/b/{Bucket}"));
        if (isReady)
        {
            await WaitAsync(new Uri(Worker, "health/ready"));
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Uploads in one request, by the JSON API.</summary>
    public async Task UploadAsync(string name, byte[] content, string contentType = "image/jpeg")
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new(contentType);
        var address = new Uri(Storage, $"upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Uri.EscapeDataString(name)}");
        using var answer = await Http.PostAsync(address, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }
    }

    private async Task WaitAsync(Uri address)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < StartTime && !_process!.HasExited)
        {
            try
            {
                using var answer = await Http.GetAsync(address, TestContext.Current.CancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"{address} gave no answer. The process wrote:{Environment.NewLine}{Output}");
    }
}
