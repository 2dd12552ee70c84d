using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Retries;
using Pipeline.Worker.Tests.Classification.Support;

namespace Pipeline.Worker.Tests.Classification;

/// <summary>The sample photos through everything below the port, held against what TensorFlow said of them.</summary>
public sealed class SampleClassificationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ClassifyAsync_EverySamplePhoto_HasItsKnownLabel()
    {
        await using var registry = Registry();
        using var classifier = Classifier(registry);
        using var expected = JsonDocument.Parse(Samples.Photo("expected.json"));
        registry.Start();

        var photos = expected.RootElement.EnumerateObject().ToList();
        var results = await Task.WhenAll(photos.Select(photo => classifier.ClassifyAsync(new ClassificationRequest(Samples.Photo(photo.Name), null, null), Cancel)));

        Assert.Equal(12, results.Length);
        Assert.True(registry.IsReady);
        foreach (var (photo, result) in photos.Zip(results))
        {
            Assert.Equal(photo.Value.GetProperty("label").GetString(), result.Label);
            Assert.Equal(photo.Value.GetProperty("index").GetInt32(), result.Labels[0].Index);
            Assert.Equal(photo.Value.GetProperty("score").GetDouble(), result.Score!.Value, 1e-4);
            Assert.Equal(5, result.Labels.Length);
            Assert.Equal(("efficientnet-lite0", "1", "saved_model"), (result.Model.Name, result.Model.Version, result.Model.Format));
        }
    }

    [Theory]
    [InlineData("coffee.jpg")]
    [InlineData("chelsea_face.png")]
    [InlineData("rocket_close.webp")]
    public async Task ClassifyAsync_PhotoThatEndsEarly_IsDamagedAndTheNextOneIsClassified(string photo)
    {
        await using var registry = Registry();
        using var classifier = Classifier(registry);
        var file = Samples.Photo(photo);

        var error = await Assert.ThrowsAsync<ClassificationException>(() => classifier.ClassifyAsync(new ClassificationRequest(file.AsMemory(0, file.Length / 2), null, null), Cancel));

        Assert.Equal((FailureCode.DamagedImage, FailureKind.Permanent), (error.Code, error.Code.Kind));
        Assert.NotNull((await classifier.ClassifyAsync(new ClassificationRequest(file, null, null), Cancel)).Label);
    }

    [Fact]
    public async Task WarmUpAsync_SampleModel_Succeeds()
    {
        await using var registry = Registry();
        using var classifier = Classifier(registry);

        await classifier.WarmUpAsync(Cancel);
        await classifier.WarmUpAsync(Cancel);

        Assert.True(registry.IsReady);
    }

    private static ModelRegistry Registry() => new(
        new ModelStoreOptions { Models = [new ModelSource("sample", Samples.Model)], ReadyWait = TimeSpan.FromMinutes(5) },
        new PackageModelLoader(TimeProvider.System),
        TimeProvider.System,
        NullLogger<ModelRegistry>.Instance);

    private static ImageClassifier Classifier(ModelRegistry registry) =>
        new(registry, new ClassificationOptions(), TimeProvider.System, NullLogger<ImageClassifier>.Instance);
}
