using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Spectre.Console;

namespace Pipeline.Cli.Classifying;

/// <summary>Classifies files with the code that classifies uploads.</summary>
internal static class ClassifyRun
{
    private const string ModelName = "model";

    /// <returns>0 if every file was classified, 1 if one was not or the model cannot be used, 2 if a path leads nowhere.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> paths, string model, bool json, CancellationToken cancellationToken)
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
        (await models.FindAsync(ModelName, cancellationToken)).Dispose();
        if (models.Statuses[0] is { State: ModelState.Failed } status)
        {
            await Console.Error.WriteLineAsync($"The model cannot be used: {status.Reason}");
            return ExitCodes.Failed;
        }

        var results = await ClassifyAsync(classifier, files, json, cancellationToken);
        ClassifyReport.Write(results, json);
        return results.Any(result => result.Result is null) ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static async Task<IReadOnlyList<ClassifiedFile>> ClassifyAsync(
        ImageClassifier classifier, IReadOnlyList<string> files, bool json, CancellationToken cancellationToken)
    {
        if (json || Console.IsOutputRedirected || files.Count < 10)
        {
            return await ClassifyAsync(classifier, files, () => { }, cancellationToken);
        }

        return await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("Classifying", maxValue: files.Count);
            return await ClassifyAsync(classifier, files, () => task.Increment(1), cancellationToken);
        });
    }

    private static async Task<IReadOnlyList<ClassifiedFile>> ClassifyAsync(
        ImageClassifier classifier, IReadOnlyList<string> files, Action done, CancellationToken cancellationToken)
    {
        var results = new List<ClassifiedFile>();
        foreach (var file in files)
        {
            results.Add(await ClassifyAsync(classifier, file, cancellationToken));
            done();
        }

        return results;
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
