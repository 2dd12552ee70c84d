using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pipeline.Testing.Processes;

namespace Pipeline.Benchmarks.Stores;

/// <summary>The published worker in a process of its own, with one target: uploads.</summary>
internal sealed class EventWorker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly TimeProvider _timeProvider;

    private EventWorker(StoreCase store, Process process, int port, TimeProvider timeProvider)
    {
        Case = store;
        _process = process;
        _timeProvider = timeProvider;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };

        // Logs that nobody reads would fill the pipe and stop the process.
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
    }

    public StoreCase Case { get; }

    /// <summary>Starts it and waits until its model is ready.</summary>
    /// <param name="program">The published dll.</param>
    /// <exception cref="InvalidDataException">It ended, or was not ready within a minute.</exception>
    public static async Task<EventWorker> StartAsync(string program, StoreCase store, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var port = FreePorts.Next();
        var information = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        foreach (var (name, value) in store.Environment)
        {
            information.Environment[name] = value;
        }

        information.Environment["FUNCTION_TARGET"] = "Pipeline.Functions.ClassifyUpload";
        information.Environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        var process = Process.Start(information) ?? throw new InvalidDataException($"{store.Name}: dotnet could not be started.");
        var worker = new EventWorker(store, process, port, timeProvider);
        try
        {
            await worker.WaitUntilReadyAsync(cancellationToken);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Posts the event of a new object.</summary>
    /// <returns>Milliseconds until it is acknowledged, which is after the result stands in its document.</returns>
    /// <exception cref="InvalidDataException">It was refused.</exception>
    public async Task<double> PostAsync(UploadEvent posted, CancellationToken cancellationToken)
    {
        using var request = posted.CreateRequest(_http.BaseAddress!);
        var start = _timeProvider.GetTimestamp();
        using var answer = await _http.SendAsync(request, cancellationToken);
        var elapsed = _timeProvider.GetElapsedTime(start);
        return answer.StatusCode == HttpStatusCode.OK
            ? elapsed.TotalMilliseconds
            : throw new InvalidDataException($"{Case.Name}: the event was answered with {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _http.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var start = _timeProvider.GetTimestamp();
        while (!_process.HasExited && _timeProvider.GetElapsedTime(start) < Patience)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(Between, _timeProvider, cancellationToken);
        }

        throw new InvalidDataException($"{Case.Name}: the worker did not become ready.");
    }
}
