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
        var candidate = Candidate.Of(own.Json, CandidatePart.Of("own"), CandidatePart.Of("own"));
        var model = new TrialModel(options.Folder, candidate.Manifest);
        var folders = LabelledFolders.Find(options.Images!, model.Labels, options.Limit);
        if (folders.Pictures.IsEmpty)
        {
            await Console.Error.WriteLineAsync(VerifyReport.NoPictures(options.Images!, folders, candidate.Manifest.Output.Labels));
            return ExitCodes.UsedWrongly;
        }

        var trial = new Trial(model, own, folders.Pictures);
        TrialResult? measured = null;
        await ProgressOutput.RunAsync("Measuring", trial.Steps, done =>
        {
            measured = trial.Run(done, cancellationToken);
            return Task.CompletedTask;
        });
        var result = measured!;
        var written = options.Write && result.Fits ? file : null;
        if (written is not null)
        {
            ManifestFile.Write(file, result.Chosen.Candidate.Text, options.Force);
        }

        new VerifyReport(options, own, folders, trial.Unreadable, result, written).Write();
        return result.Fits && (result.IsOwnRight || written is not null || own.Source != ModelManifest.FileName) ? ExitCodes.Done : ExitCodes.Failed;
    });
}
