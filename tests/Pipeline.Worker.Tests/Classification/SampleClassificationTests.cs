using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Pipeline.Worker.Classification;
using Pipeline.Worker.ModelStore;
using Pipeline.Worker.Tests.Classification.Support;

namespace Pipeline.Worker.Tests.Classification;

/// <summary>The sample photos through everything below the port, held against what TensorFlow said of them.</summary>
public sealed class SampleClassificationTests
{
    [Fact]
    public async Task ClassifyAsync_EverySamplePhoto_HasItsKnownLabel()
    {
        var cancel = TestContext.Current.CancellationToken;
        var options = new ModelStoreOptions { Models = [new ModelSource("sample", Samples.Model)], ReadyWait = TimeSpan.FromMinutes(2) };
        await using var registry = new ModelRegistry(options, new PackageModelLoader(TimeProvider.System), TimeProvider.System, NullLogger<ModelRegistry>.Instance);
        using var classifier = new ImageClassifier(registry, new ClassificationOptions(), TimeProvider.System, NullLogger<ImageClassifier>.Instance);
        using var expected = JsonDocument.Parse(Samples.Photo("expected.json"));
        registry.Start();

        var photos = expected.RootElement.EnumerateObject().ToList();
        var results = await Task.WhenAll(photos.Select(photo => classifier.ClassifyAsync(new ClassificationRequest(Samples.Photo(photo.Name), null, null), cancel)));

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
}
