using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Tests.Classification.Support;

namespace Pipeline.Worker.Tests.ModelStore;

/// <summary>The sample model, copied into version folders file by file while photos are classified with it.</summary>
public sealed class PackageReloadTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-tests-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WatchAsync_VersionsCopiedWhilePhotosAreClassified_NoPhotoFailsAndTheOldWeightsAreFreed()
    {
        Copy("1");
        var options = new ModelStoreOptions
        {
            Models = [new ModelSource("flowers", _folder)],
            ReadyWait = TimeSpan.FromMinutes(5),
            PollInterval = TimeSpan.FromMilliseconds(50),
            SettleTime = TimeSpan.FromMilliseconds(400),
        };
        await using var registry = new ModelRegistry(options, new PackageModelLoader(TimeProvider.System), TimeProvider.System, NullLogger<ModelRegistry>.Instance);
        using var classifier = new ImageClassifier(registry, new ClassificationOptions { MaxConcurrency = 2 }, TimeProvider.System, NullLogger<ImageClassifier>.Instance);
        using var stop = new CancellationTokenSource();
        var photo = Samples.Photo("coffee.jpg");
        var seen = new ConcurrentDictionary<string, int>();
        await classifier.ClassifyAsync(new ClassificationRequest(photo, null, null), Cancel);
        var first = await ModelAsync(registry);
        var stopping = stop.Token;
        var watch = Task.Run(() => registry.WatchAsync(stopping), Cancel);
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var result = await classifier.ClassifyAsync(new ClassificationRequest(photo, null, null), Cancel);
                Assert.Equal("espresso", result.Label);
                seen.AddOrUpdate(result.Model.Version, 1, static (_, count) => count + 1);
            }
        }, Cancel);

        // File by file, with more than the settle time in total and less between two of them.
        await CopySlowlyAsync("2");
        await UntilAsync(() => seen.ContainsKey("2"), traffic);

        // A broken version, then the same mended.
        Copy("3", except: "variables");
        await UntilAsync(() => registry.Statuses[0].Update is { State: ModelUpdateState.Refused, Version: 3 }, traffic);
        Assert.Contains("variables", registry.Statuses[0].Update!.Reason, StringComparison.Ordinal);
        Copy("3");
        await UntilAsync(() => seen.ContainsKey("3"), traffic);

        // Gone from the disk, and still in memory.
        Directory.Delete(_folder, recursive: true);
        var answered = seen["3"];
        await UntilAsync(() => seen["3"] > answered + 2, traffic);
        Directory.CreateDirectory(_folder);

        await stop.CancelAsync();
        await Task.WhenAll(traffic, watch);
        Assert.Equal(["1", "2", "3"], seen.Keys.Order());
        GC.Collect();
        Assert.False(first.TryGetTarget(out _), "The first version is still in memory.");
    }

    private static async Task<WeakReference<object>> ModelAsync(ModelRegistry registry)
    {
        using var lookup = await registry.FindAsync(null, Cancel);
        return new WeakReference<object>(lookup.Model!);
    }

    private static async Task UntilAsync(Func<bool> isRight, Task traffic)
    {
        while (!isRight())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancel);
            Assert.False(traffic.IsCompleted, traffic.Exception?.ToString());
        }
    }

    private async Task CopySlowlyAsync(string version)
    {
        foreach (var file in Files())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(150), TimeProvider.System, Cancel);
            CopyFile(file, version);
        }
    }

    private void Copy(string version, string? except = null)
    {
        foreach (var file in Files().Where(file => except is null || !file.StartsWith(except, StringComparison.Ordinal)))
        {
            CopyFile(file, version);
        }
    }

    private void CopyFile(string file, string version)
    {
        var copy = Path.Combine(_folder, version, file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);

        // As other programs copy: without asking for a lock, which the reader of a refused version may still hold.
        using var source = File.OpenRead(Path.Combine(Samples.Model, file));
        using var target = new FileStream(copy, FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        source.CopyTo(target);
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Samples.Model, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Samples.Model, file)).Order(StringComparer.Ordinal);
}
