using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Pipeline.Testing.Processes;

namespace Pipeline.Testing.Emulators;

/// <summary>An emulator in a process of its own, on a free port of the loopback address; ended by its id.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private const int MaxLines = 200;

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    private EmulatorProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="arguments">Of <c>java</c>, for the port that was chosen.</param>
    /// <param name="wanted">The port; null for a free one.</param>
    public static async Task<EmulatorProcess> StartAsync(
        Func<int, IEnumerable<string>> arguments, HttpClient http, CancellationToken cancellationToken, int? wanted = null)
    {
        var port = wanted ?? FreePorts.Next();
        var start = new ProcessStartInfo("java") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments(port))
        {
            start.ArgumentList.Add(argument);
        }

        var emulator = new EmulatorProcess(Process.Start(start)!, new Uri($"http://127.0.0.1:{port}/"));
        try
        {
            await emulator.WaitAsync(http, cancellationToken);
            return emulator;
        }
        catch
        {
            emulator.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        Kill();
        _process.Dispose();
    }

    private async Task WaitAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < StartTime && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(Address, cancellationToken);
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

        throw new InvalidOperationException($"The emulator did not become ready. It wrote:{Environment.NewLine}{string.Join(Environment.NewLine, _lines)}");
    }

    private void Note(string? line)
    {
        if (line is not null && _lines.Count < MaxLines)
        {
            _lines.Enqueue(line);
        }
    }

    private void OnExit(object? sender, EventArgs arguments) => Kill();

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }
}
