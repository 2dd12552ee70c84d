using Pipeline.Fixtures.Format;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Fixtures.Kinds.Photos;

/// <summary>Loads the package of a case under the preprocessing that the case names, and keeps what is loaded.</summary>
internal sealed class PhotoModels
{
    private readonly Dictionary<string, LoadedModel> _models = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>The package's own manifest with the fit and resize method of the case's <c>preprocessing</c>, which is written <c>fit/method</c>.</summary>
    public LoadedModel Load(FixtureCase fixture)
    {
        var preprocessing = fixture.Fields.GetProperty("preprocessing").GetString()!;
        lock (_lock)
        {
            var key = $"{fixture.FullPath}|{preprocessing}";
            if (!_models.TryGetValue(key, out var model))
            {
                model = ModelPackage.Load(fixture.FullPath, ReadManifest(fixture.FullPath, preprocessing), TimeProvider.System, CancellationToken.None);
                _models.Add(key, model);
            }

            return model;
        }
    }

    private static ModelManifest ReadManifest(string folder, string preprocessing)
    {
        var manifest = ManifestReader.ReadFile(Path.Combine(folder, ModelManifest.FileName));
        var parts = preprocessing.Split('/');
        var json = $$"""{ "input": { "fit": "{{parts[0]}}", "resize": "{{parts[1]}}" } }""";
        var named = ManifestReader.Read(System.Text.Encoding.UTF8.GetBytes(json), preprocessing);
        return manifest with { Input = manifest.Input with { Fit = named.Input.Fit, Resize = named.Input.Resize } };
    }
}
