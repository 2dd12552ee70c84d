using System.Reflection.Metadata;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.EndToEnd.Tests.Support;

namespace Pipeline.EndToEnd.Tests.Deploying;

/// <summary>What is in the folder that the platform gets.</summary>
public sealed class PublishedFilesTests : IAsyncLifetime
{
    /// <summary>Half of it are the native libraries of four kinds of Linux.</summary>
    private const long MaxBytes = 100 * 1024 * 1024;

    private readonly PublishedFunctions _published;

    public PublishedFilesTests(PublishedFunctions published)
    {
        _published = published;
    }

    public ValueTask InitializeAsync() => new(_published.PublishAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void RuntimeConfig_NamesTheSharedFrameworksAndNothingOfThisMachine()
    {
        // The buildpack takes the version of the runtime from here, and wants exactly one such file.
        var file = Assert.Single(_published.Files, name => name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal));
        Assert.Equal($"{PublishedFunctions.Name}.runtimeconfig.json", file);
        var options = _published.Json(file).GetProperty("runtimeOptions");

        Assert.Equal("net10.0", options.GetProperty("tfm").GetString());
        var frameworks = options.GetProperty("frameworks").EnumerateArray().ToDictionary(
            framework => framework.GetProperty("name").GetString()!, framework => framework.GetProperty("version").GetString());
        Assert.Equal(["Microsoft.AspNetCore.App", "Microsoft.NETCore.App"], frameworks.Keys.Order(StringComparer.Ordinal));
        Assert.All(frameworks.Values, version => Assert.Matches(@"^10\.0\.\d+$", version));
        Assert.Equal(["configProperties", "frameworks", "tfm"], options.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dependencies_AreAllThere_AndNothingElseIsCode()
    {
        var target = _published.Json($"{PublishedFunctions.Name}.deps.json");
        Assert.Equal(".NETCoreApp,Version=v10.0", target.GetProperty("runtimeTarget").GetProperty("name").GetString());
        var libraries = target.GetProperty("targets").GetProperty(".NETCoreApp,Version=v10.0").EnumerateObject().Select(library => library.Value).ToArray();

        var assemblies = libraries.SelectMany(library => Members(library, "runtime")).Select(asset => Path.GetFileName(asset.Name)).Order(StringComparer.Ordinal).ToArray();
        Assert.Contains($"{PublishedFunctions.Name}.dll", assemblies);
        Assert.Equal(assemblies, _published.Files.Where(file => file.EndsWith(".dll", StringComparison.Ordinal) && !file.Contains('/', StringComparison.Ordinal)));

        var rids = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "osx" : "win";
        var native = libraries.SelectMany(library => Members(library, "runtimeTargets"))
            .Where(asset => asset.Value.GetProperty("assetType").ValueEquals("native") && asset.Value.GetProperty("rid").GetString()!.StartsWith(rids, StringComparison.Ordinal))
            .Select(asset => asset.Name).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(native, _published.Files.Where(file => file.StartsWith("runtimes/", StringComparison.Ordinal)));
        if (OperatingSystem.IsLinux())
        {
            Assert.Superset(
                new HashSet<string>(["linux-x64", "linux-arm64"]).SelectMany(rid => new[] { $"runtimes/{rid}/native/libSkiaSharp.so", $"runtimes/{rid}/native/libe_sqlite3.so" }).ToHashSet(),
                native.ToHashSet());
        }
    }

    [Fact]
    public void Files_AreOursAndTheModels_AndNoneOfDevelopment()
    {
        var model = Path.Combine(Programs.Checkout, "functions", PublishedFunctions.Name, "model");
        var expected = Directory.EnumerateFiles(model, "*", SearchOption.AllDirectories).Select(file => $"model/{Path.GetRelativePath(model, file).Replace('\\', '/')}").ToArray();
        Assert.Contains("model/model.json", expected);
        Assert.All(expected, file => Assert.Equal(File.ReadAllBytes(Path.Combine(model, file["model/".Length..])), _published.Read(file)));

        string[] others = ["LICENSE", PublishedFunctions.Name, $"{PublishedFunctions.Name}.exe", $"{PublishedFunctions.Name}.deps.json", $"{PublishedFunctions.Name}.runtimeconfig.json", "appsettings.json"];
        var surplus = _published.Files.Except(expected).Except(others)
            .Where(file => !file.StartsWith("runtimes/", StringComparison.Ordinal) && !Regex.IsMatch(file, @"^[^/]+\.dll$|^Pipeline\.\w+\.pdb$"));
        Assert.Empty(surplus);
        Assert.DoesNotContain(_published.Files, file => Regex.IsMatch(file, "Tests|Testing|Fixtures|xunit|Development", RegexOptions.IgnoreCase));
        Assert.InRange(_published.Bytes, 1, MaxBytes);
    }

    [Fact]
    public void Files_NameNoPlaceOfThisMachine()
    {
        Assert.SkipUnless(PublishedFunctions.IsRelease, "A build for debugging names the sources where they lie.");
        var places = new[] { Programs.Checkout, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) }.Where(place => place.Length > 1).ToArray();
        foreach (var file in _published.Files.Where(file => Path.GetFileName(file).StartsWith("Pipeline.", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal)))
        {
            var content = _published.Read(file);
            Assert.All(places, place => Assert.False(Holds(content, Encoding.UTF8.GetBytes(place)) || Holds(content, Encoding.Unicode.GetBytes(place)), $"{file} names {place}."));
        }

        foreach (var file in _published.Files.Where(file => file.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(_published.Read(file)));
            var reader = provider.GetMetadataReader();
            Assert.All(reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name)), name => Assert.StartsWith("/_/", name, StringComparison.Ordinal));
        }
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement library, string name) => library.TryGetProperty(name, out var assets) ? assets.EnumerateObject() : default;

    private static bool Holds(ReadOnlySpan<byte> content, ReadOnlySpan<byte> text) => content.IndexOf(text) >= 0;
}
