using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Imaging.Decoding;
using Pipeline.Models;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Fixtures.Kinds.Photos;

/// <summary>
/// The way from a photo to labels through the product's own stages: the tensor that is fed, the model's output and the order of the best labels
/// must be the recorded ones. Cases without a photo are left to another kind.
/// </summary>
public sealed class SavedModelPhotoKind : IFixtureKind
{
    private readonly IFixtureKind? _withoutPhoto;
    private readonly PhotoModels _models = new();
    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    /// <param name="kind">The name of the kind in the index.</param>
    /// <param name="withoutPhoto">Runs the cases that have no photo; null where all have one.</param>
    public SavedModelPhotoKind(string kind, IFixtureKind? withoutPhoto = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        Kind = kind;
        _withoutPhoto = withoutPhoto;
    }

    public string Kind { get; }

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (!fixture.Fields.TryGetProperty("photo", out var photo) && _withoutPhoto is not null)
        {
            return _withoutPhoto.Run(fixture);
        }

        try
        {
            return Run(fixture, photo.GetString()!);
        }
        catch (UnsupportedManifestException error)
        {
            return FixtureResult.Skipped(string.Join("; ", error.Errors.Select(item => $"{item.Path} {item.Found} is not built yet")));
        }
        catch (UnsupportedModelException error)
        {
            return FixtureResult.Skipped($"ops {string.Join(", ", error.Nodes.Select(node => node.Operator).Distinct())} are not built yet");
        }
    }

    private FixtureResult Run(FixtureCase fixture, string photo)
    {
        var model = _models.Load(fixture);
        var root = fixture.Fields.GetProperty("photo_root").GetString()!;
        var file = File.ReadAllBytes(Path.Combine(fixture.Folder, root, photo));
        var image = _decoder.Decode(file, DecodeLimits.Default, model.Preprocessor.DecodeOptions, CancellationToken.None);
        var input = model.Preprocessor.Prepare(image);
        if (FedTensor.Check(fixture, input) is { } difference)
        {
            return FixtureResult.Failed(difference);
        }

        var output = model.Run(input, CancellationToken.None);
        var result = TensorComparison.Compare(fixture.Outputs[0], output.Shape.Dimensions, output.Bytes, fixture.Tolerance);
        if (result.Verdict != FixtureVerdict.Passed)
        {
            return result;
        }

        return CheckOrder(fixture, model.Postprocessor.Read(output)) is { } disorder ? FixtureResult.Failed(disorder) : result;
    }

    /// <summary>Holds the best labels against the recorded ones, place by place.</summary>
    private static string? CheckOrder(FixtureCase fixture, Ranking ranking)
    {
        var recorded = fixture.Fields.EnumerateObject()
            .Where(field => field.Name is "top3" or "top5")
            .SelectMany(field => field.Value.EnumerateArray())
            .ToList();
        if (recorded.Count == 0)
        {
            return "no best labels are recorded";
        }

        foreach (var (place, want) in recorded.Index())
        {
            var got = ranking.Labels[place];
            if (!IsSame(got, want, fixture.Tolerance))
            {
                return $"place {place + 1} is {got.Index} '{got.Label}' with {got.Score:G6}, expected {want}";
            }
        }

        return null;
    }

    private static bool IsSame(ScoredLabel got, JsonElement want, FixtureTolerance tolerance)
    {
        var score = want.GetProperty("score").GetDouble();
        return got.Index == want.GetProperty("index").GetInt32()
            && got.Label == want.GetProperty("label").GetString()
            && Math.Abs(got.Score - score) <= tolerance.Absolute + (tolerance.Relative * score);
    }
}
