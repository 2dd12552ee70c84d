using System.Diagnostics;

namespace Pipeline.Embedded.Tests.Support;

/// <summary>This program again, as a process that does one thing and that a test can kill.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const string TaskVariable = "PIPELINE_EMBEDDED_TESTS_CHILD";
    private const string PathVariable = "PIPELINE_EMBEDDED_TESTS_PATH";

    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
    }

    public StreamReader Output => _process.StandardOutput;

    public static ChildProcess Start(ChildTask task, string path)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            Environment = { [TaskVariable] = task.ToString(), [PathVariable] = path },
        };
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>SIGKILL: nothing in the child runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>Does what the environment asks of a child.</summary>
    /// <returns>False where this process is no child.</returns>
    public static async Task<bool> TryRunAsync()
    {
        if (!Enum.TryParse<ChildTask>(Environment.GetEnvironmentVariable(TaskVariable), out var task))
        {
            return false;
        }

        await ChildTasks.RunAsync(task, Environment.GetEnvironmentVariable(PathVariable)!);
        return true;
    }
}
