using System.Diagnostics;
using Xunit;

namespace Pipeline.Testing.Processes;

/// <summary>Runs other people's programs. None outlives its limit, nor the test.</summary>
public static class ToolProcess
{
    /// <param name="variables">Environment variables besides those of this process; null removes one.</param>
    /// <param name="limit">Then it is ended, with the processes that it has started.</param>
    /// <param name="kill">Ends it before, the same way.</param>
    /// <exception cref="TimeoutException">It took longer; the message has what it wrote.</exception>
    public static async Task<ToolResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> variables,
        TimeSpan limit,
        string? folder = null,
        CancellationToken kill = default)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var deadline = new CancellationTokenSource(limit, TimeProvider.System);
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, kill, TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(wait.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"{program} took longer than {limit.TotalSeconds:0} s. It wrote:{Environment.NewLine}{await output}{Environment.NewLine}{await error}");
            }

            throw;
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }
}
