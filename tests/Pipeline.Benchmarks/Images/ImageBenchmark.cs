using System.Collections.Immutable;
using Pipeline.Imaging.Decoding;
using Pipeline.Models.Package;

namespace Pipeline.Benchmarks.Images;

/// <summary>Photos through the whole way of an upload behind its storage: decoded, prepared, classified by the sample model.</summary>
internal static class ImageBenchmark
{
    private const int WarmUpRounds = 2;

    /// <summary>Rounds go over all photos in turn; the first ones are dropped.</summary>
    public static ImmutableArray<PhotoStages> Run(string model, IReadOnlyList<string> photos, int rounds, TimeProvider timeProvider)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var loaded = ModelPackage.Load(model, timeProvider, CancellationToken.None);
        loaded.WarmUp(CancellationToken.None);
        byte[][] files = [.. photos.Select(File.ReadAllBytes)];
        Prediction[][] predictions =
        [
            .. Enumerable.Range(0, WarmUpRounds + rounds)
                .Select(_ => files.Select(file => loaded.Classify(file, DecodeLimits.Default, CancellationToken.None)).ToArray()),
        ];
        return
        [
            .. photos.Select((photo, index) => new PhotoStages(
                Path.GetFileName(photo),
                predictions[0][index].Image.Width,
                predictions[0][index].Image.Height,
                [.. predictions.Skip(WarmUpRounds).Select(round => round[index].Timings)])),
        ];
    }
}
