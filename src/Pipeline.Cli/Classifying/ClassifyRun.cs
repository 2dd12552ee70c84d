using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;

namespace Pipeline.Cli.Classifying;

/// <summary>Classifies files with the code that classifies uploads.</summary>
internal static class ClassifyRun
{
    private const string ModelName = "model";

    /// <returns>0 if every file was classified, 1 if one was not, the model cannot be used or somebody has stopped it, 2 if a path leads nowhere.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, string model, ClassifyFormat format, CancellationToken cancellationToken)
    {
        PackageModelLoader.Prepare(TimeProvider.System);
        var missing = new List<string>();
        var files = PictureFiles.Find(paths, missing);
        if (missing.Count > 0 || files.Count == 0)
        {
            await Console.Error.WriteLineAsync(missing.Count > 0
                ? $"There is no such file or folder: {string.Join(", ", missing)}."
                : "The folders hold no pictures (jpg, jpeg, png, webp, gif, bmp). Name files to classify them whatever they are called.");
            return ExitCodes.UsedWrongly;
        }

        await using var models = new ModelRegistry(
            new ModelStoreOptions { Models = [new ModelSource(ModelName, Path.GetFullPath(model))], ReadyWait = TimeSpan.FromMinutes(10) },
            new PackageModelLoader(TimeProvider.System, warmsUp: false), TimeProvider.System, NullLogger<ModelRegistry>.Instance);
        using var classifier = new ImageClassifier(models, new ClassificationOptions(), TimeProvider.System, NullLogger<ImageClassifier>.Instance);
        models.Start();
        var results = new List<ClassifiedFile>();
        try
        {
            (await models.FindAsync(ModelName, cancellationToken)).Dispose();
            if (models.Statuses[0] is { State: ModelState.Failed } status)
            {
                await Console.Error.WriteLineAsync($"The model cannot be used: {status.Reason}");
                return ExitCodes.Failed;
            }

            await ProgressOutput.RunAsync("Classifying", files.Count, async done =>
            {
                foreach (var file in files)
                {
                    results.Add(await ClassifyAsync(classifier, file, cancellationToken));
                    done();
                }
            });
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ClassifyReport.Write(results, format);
            await Console.Error.WriteLineAsync($"Stopped after {results.Count} of {files.Count} files.");
            return ExitCodes.Failed;
        }

        ClassifyReport.Write(results, format);
        return results.Any(result => result.Result is null) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<ClassifiedFile> ClassifyAsync(ImageClassifier classifier, string file, CancellationToken cancellationToken)
    {
        try
        {
            var limit = new ClassificationOptions().MaxBytes;
            var length = new FileInfo(file).Length;
            if (length > limit)
            {
                return new ClassifiedFile(file, null, "TOO_LARGE", $"The file has {length} bytes, at most {limit} are read.");
            }

            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            return new ClassifiedFile(file, await classifier.ClassifyAsync(new ClassificationRequest(content, ModelName, null), cancellationToken), null, null);
        }
        catch (ClassificationException error)
        {
            return new ClassifiedFile(file, null, error.Code.Name, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ClassifiedFile(file, null, "UNREADABLE", error.Message);
        }
    }
}
