using Pipeline.Cli.Verifying.Recorded;
using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Graphs;
using Pipeline.Models;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.ModelFiles;

/// <summary>Turns what a model can do wrong into a sentence and an exit code.</summary>
internal static class ModelFailures
{
    /// <returns>The exit code.</returns>
    public static Task<int> CatchAsync(Func<int> run) => CatchAsync(() => Task.FromResult(run()));

    /// <inheritdoc cref="CatchAsync(Func{int})"/>
    public static async Task<int> CatchAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (InvalidShapeOptionException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.UsedWrongly;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Failed;
        }
        catch (Exception error) when (IsOfTheModel(error))
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.Failed;
        }
    }

    /// <summary>Whether an exception speaks of a model or its files, not of a fault here.</summary>
    public static bool IsOfTheModel(Exception error) => error
        is InvalidModelException or UnsupportedModelException or InvalidManifestException or UnsupportedManifestException
        or MissingManifestException or InvalidLabelsException or InvalidRecordingException or ImageException
        or InvalidNodeException or UnsupportedNodeException or MemoryLimitExceededException
        or IOException or UnauthorizedAccessException;
}
