using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Pipeline.Fixtures.Format;

namespace Pipeline.Browser.Tests.Support;

/// <summary><c>pipeline run</c> as a person starts it, in a process of its own on a folder of its own.</summary>
internal sealed class PageProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly int _workerPort = FreePort();
    private readonly int _pagePort = FreePort();
    private readonly HttpClient _http = new();
    private readonly string? _model;
    private Process? _process;

    private PageProcess(string? model)
    {
        _model = model;
    }

    public string Data { get; } = Directory.CreateTempSubdirectory("pipeline-page-").FullName;

    public string Address => $"http://127.0.0.1:{_pagePort}/";

    /// <summary>The sample pictures of the checkout.</summary>
    public static string Samples { get; } =
        Path.Combine(SharedFolder.Checkout() ?? throw new InvalidOperationException("These tests run from a checkout."), "scripts", "samples");

    /// <param name="model">The model's folder; null for the sample model, which is waited for.</param>
    public static async Task<PageProcess> StartAsync(string? model = null)
    {
        var page = new PageProcess(model);
        await page.StartAgainAsync();
        return page;
    }

    /// <summary>Starts on the same ports and the same data.</summary>
    public async Task StartAgainAsync()
    {
        string[] model = _model is null ? [] : ["--model", _model];
        var start = new ProcessStartInfo(
            "dotnet", [Program(), "run", "--data", Data, "--port", $"{_workerPort}", "--storage-port", $"{_pagePort}", .. model])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Pipeline__ModelRetryAfter"] = "1s";
        start.Environment["Pipeline__ModelPollInterval"] = "200ms";
        start.Environment["Pipeline__ModelSettleTime"] = "200ms";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? string.Empty);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitAsync(Address);
        if (_model is null)
        {
            await WaitAsync($"http://127.0.0.1:{_workerPort}/health/ready");
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Uploads as an app does, past the page.</summary>
    public async Task UploadAsync(string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.ContentType = new("image/jpeg");
        var address = new Uri($"{Address}upload/storage/v1/b/uploads/o?uploadType=media&name={Uri.EscapeDataString(name)}");
        using var answer = await _http.PostAsync(address, body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What the storage endpoint lists.</summary>
    public Task<string> ListAsync() => _http.GetStringAsync(new Uri($"{Address}storage/v1/b/uploads/o"), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
        _http.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>Puts the sample model into a folder, all at once.</summary>
    public static void CopyModel(string folder)
    {
        var model = Path.Combine(Path.GetDirectoryName(Program())!, "model");
        var staged = folder + ".new";
        foreach (var file in Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(staged, Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Directory.Move(staged, folder);
    }

    private static string Program()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(configuration.Parent!.Parent!.FullName, "Pipeline.Cli", configuration.Name, "pipeline.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(string address)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < StartTime && !_process!.HasExited)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
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

        Assert.Fail($"{address} gave no answer. The process wrote:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
    }
}
