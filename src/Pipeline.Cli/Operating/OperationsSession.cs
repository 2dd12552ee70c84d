using Pipeline.Cli.Configuring;
using Pipeline.Functions;
using Pipeline.Hosting.Startup;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Cli.Operating;

/// <summary>Opens what operators work with, and tells in a sentence why that is not possible.</summary>
internal static class OperationsSession
{
    private static readonly string[] Quiet = ["Hosting:LogLevel=Critical"];

    /// <returns>The exit code: that of the work, or the one for what went wrong.</returns>
    public static async Task<int> RunAsync(SettingsSelection selection, Func<PipelineOperations, Task<int>> work, CancellationToken cancellationToken)
    {
        try
        {
            await using var operations = await PipelineOperations.OpenAsync(
                (selection with { Sets = [.. Quiet, .. selection.Sets] }).Setup(typeof(CaptureDeadLetter)));
            return await work(operations);
        }
        catch (StartupException error)
        {
            await Console.Error.WriteLineAsync($"{error.Message}{Environment.NewLine}See: pipeline config check");
            return ExitCodes.UsedWrongly;
        }
        catch (FileNotFoundException error)
        {
            await Console.Error.WriteLineAsync($"{error.Message} Name the folder that 'pipeline run' uses with --data, or start 'pipeline run' once.");
            return ExitCodes.UsedWrongly;
        }
        catch (Exception error) when (error is DocumentStoreException or ObjectStoreException)
        {
            await Console.Error.WriteLineAsync($"{error.Message} Try again; 'pipeline doctor' looks for the cause.");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped; nothing was left half done.");
            return ExitCodes.Failed;
        }
    }
}
