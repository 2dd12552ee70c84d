using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Cli.Verifying;

/// <summary>Measures with labelled pictures how a model must be fed.</summary>
internal static class VerifyRun
{
    /// <returns>0 if the model's own way is right or the winner was written, or there was no manifest to be wrong; 1 if not; 2 if no picture can be used.</returns>
    public static Task<int> RunAsync(VerifyOptions options, CancellationToken cancellationToken) => ModelFailures.CatchAsync(async () =>
    {
        PackageFolder.RefuseUnlessModel(options.Folder);
        var file = Path.Combine(options.Folder, ModelManifest.FileName);
        if (options.Write && !options.Force && File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} is there already: --force lets --write overwrite it.");
            return ExitCodes.Failed;
        }

        var own = OwnManifest.Of(options.Folder, options.Given);
        ModelManifest manifest;
        try
        {
            manifest = own.Read();
        }
        catch (InvalidManifestException error) when (!options.Given.IsEmpty)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCodes.UsedWrongly;
        }

        return await RunAsync(options, own, manifest, cancellationToken);
    });

    private static async Task<int> RunAsync(VerifyOptions options, OwnManifest own, ModelManifest manifest, CancellationToken cancellationToken)
    {
        var model = new TrialModel(options.Folder, manifest);
        var folders = LabelledFolders.Find(options.Images!, model.Labels, options.Limit);
        if (folders.Pictures.IsEmpty)
        {
            await Console.Error.WriteLineAsync(VerifyReport.NoPictures(options.Images!, folders, manifest.Output.Labels));
            return ExitCodes.UsedWrongly;
        }

        var trial = new Trial(model, own, folders.Pictures);
        var result = await MeasureAsync(trial, cancellationToken);
        if (result.Pictures == 0)
        {
            var (picture, reason) = trial.Unreadable.First();
            await Console.Error.WriteLineAsync($"None of the pictures can be read, {folders.Pictures.Length} were tried. {picture}: {reason}");
            return ExitCodes.Failed;
        }

        var written = Write(options, result);
        new VerifyReport(options, own, folders, trial.Unreadable, result, written).Write();
        return result.Fits && (result.IsOwnRight || written is not null || own.Source != ModelManifest.FileName) ? ExitCodes.Done : ExitCodes.Failed;
    }

    private static async Task<TrialResult> MeasureAsync(Trial trial, CancellationToken cancellationToken)
    {
        TrialResult? result = null;
        await ProgressOutput.RunAsync("Measuring", trial.Steps, done =>
        {
            result = trial.Run(done, cancellationToken);
            return Task.CompletedTask;
        });
        return result!;
    }

    /// <returns>The file that was written, or null.</returns>
    private static string? Write(VerifyOptions options, TrialResult result)
    {
        if (!options.Write || !result.Fits)
        {
            return null;
        }

        var file = Path.Combine(options.Folder, ModelManifest.FileName);
        ManifestFile.Write(file, result.Chosen.Candidate.Text, options.Force);
        return file;
    }
}
