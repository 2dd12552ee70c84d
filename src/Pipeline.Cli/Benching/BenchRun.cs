using Pipeline.Cli.ModelFiles;

namespace Pipeline.Cli.Benching;

/// <summary>Measures a model and prints the figures.</summary>
internal static class BenchRun
{
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(ModelSelection selection, BenchOptions options, CancellationToken cancellationToken) => ModelFailures.CatchAsync(() =>
    {
        var result = new ModelBenchmark(TimeProvider.System).Run(selection, options, cancellationToken);
        if (options.Json)
        {
            BenchJson.Write(selection.Folder, result);
        }
        else
        {
            BenchReport.Write(TableOutput.Create(), selection.Folder, result, options.AllSteps);
        }

        return ExitCodes.Done;
    });
}
