using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Classification.Support;

namespace Pipeline.Worker.Tests.ModelStore;

/// <summary>Spoiled copies of the sample model: each is a configuration failure that says why, and heals once the folder is mended.</summary>
public sealed class PackageModelLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-tests-").FullName;

    private readonly FakeTimeProvider _time = new();

    public PackageModelLoaderTests() => Mend();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("key", "its manifest is invalid")]
    [InlineData("method", "its manifest asks for what is not supported")]
    [InlineData("manifest", "it has no manifest")]
    [InlineData("labels", "its label file is invalid")]
    [InlineData("weights", "its files are broken")]
    [InlineData("variables", "its files are broken")]
    [InlineData("operator", "it needs what is not supported")]
    public async Task FindAsync_SpoiledPackage_SaysWhyAndHealsOnceMended(string what, string cause)
    {
        Spoil(what);
        var options = new ModelStoreOptions { Models = [new ModelSource("flowers", _folder)], ReadyWait = TimeSpan.FromMinutes(5) };
        await using var registry = new ModelRegistry(options, new PackageModelLoader(TimeProvider.System), _time, NullLogger<ModelRegistry>.Instance);

        var failure = (await registry.FindAsync(null, Cancel)).Failure!;

        Assert.Equal((FailureCode.ModelInvalid, $"The model 'flowers' cannot be used: {cause}."), (failure.Code, failure.Message));
        Assert.Contains(_folder, failure.Detail, StringComparison.Ordinal);
        Assert.False(registry.IsReady);

        Mend();
        _time.Advance(options.RetryAfter);
        Assert.Equal("efficientnet-lite0", (await registry.FindAsync(null, Cancel)).Model!.Facts.Name);
        Assert.True(registry.IsReady);
    }

    [Fact]
    public void LoadAhead_SourceLoadedNext_GivesItsModelOnceAndSeesChanges()
    {
        var source = new ModelSource("flowers", _folder);
        var loader = new PackageModelLoader(TimeProvider.System);
        var candidate = loader.Look(source)[0];

        loader.LoadAhead(source);
        using var first = loader.Load(source, candidate, Cancel);
        Spoil("weights");

        Assert.Equal("efficientnet-lite0", first.Facts.Name);
        Assert.ThrowsAny<Exception>(() => loader.Load(source, candidate, Cancel));
    }

    [Fact]
    public void LoadAhead_SpoiledPackage_TellsWhoLoadsIt()
    {
        Spoil("weights");
        var source = new ModelSource("flowers", _folder);
        var loader = new PackageModelLoader(TimeProvider.System);

        loader.LoadAhead(source);

        Assert.Throws<Models.InvalidModelException>(() => loader.Load(source, loader.Look(source)[0], Cancel));
    }

    [Fact]
    public async Task FindAsync_MissingFolder_IsNotFound()
    {
        var options = new ModelStoreOptions { Models = [new ModelSource("flowers", Path.Combine(_folder, "none"))] };
        await using var registry = new ModelRegistry(options, new PackageModelLoader(TimeProvider.System), _time, NullLogger<ModelRegistry>.Instance);

        Assert.Equal(FailureCode.ModelNotFound, (await registry.FindAsync(null, Cancel)).Failure!.Code);
    }

    private void Spoil(string what)
    {
        // The hash would find every change of the model's files first.
        Change("model.json", text => text.Replace("\"sha256\"", "\"$schema\"", StringComparison.Ordinal));
        switch (what)
        {
            case "key":
                Change("model.json", text => text.Replace("\"resize\"", "\"resise\"", StringComparison.Ordinal));
                break;
            case "method":
                Change("model.json", text => text.Replace("pil-bicubic", "cv-linear", StringComparison.Ordinal));
                break;
            case "manifest":
                File.Delete(Path.Combine(_folder, "model.json"));
                break;
            case "labels":
                Change("labels.txt", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
                break;
            case "weights":
                Flip(Path.Combine("variables", "variables.data-00001-of-00003"), 100_000);
                break;
            case "variables":
                Directory.Delete(Path.Combine(_folder, "variables"), recursive: true);
                break;
            default:
                Change("saved_model.pb", text => text.Replace("Relu6", "Relu7", StringComparison.Ordinal));
                break;
        }
    }

    /// <summary>Puts new files into the places of the old ones, as a deployment does.</summary>
    private void Mend()
    {
        Directory.Delete(_folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Samples.Model, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(Samples.Model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private void Change(string file, Func<string, string> change)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllText(path, change(File.ReadAllText(path, System.Text.Encoding.Latin1)), System.Text.Encoding.Latin1);
    }

    private void Flip(string file, int offset)
    {
        var bytes = File.ReadAllBytes(Path.Combine(_folder, file));
        bytes[offset] ^= 1;
        File.WriteAllBytes(Path.Combine(_folder, file), bytes);
    }
}
