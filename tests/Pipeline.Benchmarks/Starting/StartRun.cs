using System.Diagnostics;
using System.Globalization;
using System.Net;
using Pipeline.Testing.Processes;

namespace Pipeline.Benchmarks.Starting;

/// <summary>Starts a case and measures it.</summary>
internal sealed class StartRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _timeProvider;

    public StartRun(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
    }

    /// <exception cref="InvalidDataException">It failed, or did not answer within a minute; the message holds what it wrote.</exception>
    public async Task<StartFigures> MeasureAsync(StartCase start, bool trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(start);
        var port = FreePorts.Next();
        var information = new ProcessStartInfo("dotnet", start.Arguments.Select(argument => WithPort(argument, port)))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in start.Environment)
        {
            information.Environment[name] = WithPort(value, port);
        }

        information.Environment["PIPELINE_TRACE_START"] = trace ? "1" : null;
        if (start.Question is { } question)
        {
            await question.PrepareAsync(cancellationToken);
        }

        var begin = _timeProvider.GetTimestamp();
        using var process = Process.Start(information) ?? throw new InvalidDataException($"{start.Name}: dotnet could not be started.");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        double milliseconds;
        double peak = 0;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var failed = false;
        try
        {
            failed = !(start.Question is null ? await EndsAsync(process, limit.Token) : await AnswersAsync(process, start.Question, port, limit.Token));
            milliseconds = _timeProvider.GetElapsedTime(begin).TotalMilliseconds;
            peak = process.HasExited ? 0 : PeakMebibytes(process.Id);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidDataException($"{start.Name} took longer than {Patience.TotalSeconds} s.");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        var (written, told) = (await output, await error);
        return failed ? throw new InvalidDataException($"{start.Name} failed: {written} {told}") : new StartFigures(milliseconds, peak, told);
    }

    private static async Task<bool> EndsAsync(Process process, CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }

    private async Task<bool> AnswersAsync(Process process, StartQuestion question, int port, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        var address = new Uri($"http://127.0.0.1:{port}/");
        while (!process.HasExited)
        {
            try
            {
                using var request = question.Create(address);
                using var response = await client.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    await response.Content.ReadAsByteArrayAsync(cancellationToken);
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(Between, _timeProvider, cancellationToken);
        }

        return false;
    }

    private static double PeakMebibytes(int process)
    {
        var file = $"/proc/{process}/status";
        var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
    }

    private static string WithPort(string text, int port) => text.Replace("{port}", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
