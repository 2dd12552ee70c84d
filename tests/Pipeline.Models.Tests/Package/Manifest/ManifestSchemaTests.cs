using System.Text;
using System.Text.Json;
using Json.Schema;
using Pipeline.Fixtures.Format;
using Pipeline.Models.Package.Manifest;
using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.Package.Manifest;

/// <summary>The published schema says what the reader does.</summary>
public sealed class ManifestSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(ManifestSchema.Read());

    public static TheoryData<string> Accepted => ManifestSamples.Accepted;

    public static TheoryData<string, string[]> Refused => ManifestSamples.Refused;

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Evaluate_ManifestThatTheReaderTakes_IsValid(string json) => Assert.True(IsValid(json));

    [Theory]
    [MemberData(nameof(Refused))]
    public void Evaluate_ManifestThatTheReaderRefuses_IsInvalid(string json, string[] paths)
    {
        Assert.NotEmpty(paths);
        Assert.False(IsValid(json));
    }

    [Fact]
    public void Evaluate_EveryManifestOfTheFixturesAndTheSample_IsValidAndRead()
    {
        if (!SharedFolder.TryFind("fixtures", out var shared))
        {
            Assert.SkipUnless(SharedFolder.IsRequired, SharedFolder.Missing);
            Assert.Fail(SharedFolder.Missing);
        }

        var manifests = Directory.EnumerateFiles(shared, "*model.json", SearchOption.AllDirectories).Append(Path.Combine(SamplePackage.Sample, "model.json")).ToList();

        Assert.True(manifests.Count > 3);
        Assert.All(manifests, file => Assert.True(IsValid(File.ReadAllText(file)) && IsRead(File.ReadAllText(file)), file));
    }

    /// <summary>Single values put into, and single keys taken out of, a manifest with every key: both must judge each alike.</summary>
    [Fact]
    public void Evaluate_EveryVariationOfAWholeManifest_AgreesWithTheReader()
    {
        var variations = ManifestVariations.Of(ManifestSamples.Whole).ToList();
        Assert.True(variations.Count > 500, $"{variations.Count} variations.");

        var disagreements = variations.Where(json => IsValid(json) != IsRead(json)).ToList();

        Assert.True(disagreements.Count == 0, string.Join("\n", disagreements.Take(5)));
        Assert.Contains(variations, IsRead);
        Assert.Contains(variations, json => !IsRead(json));
    }

    private static bool IsValid(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static bool IsRead(string json)
    {
        try
        {
            ManifestReader.Read(Encoding.UTF8.GetBytes(json), "model.json");
            return true;
        }
        catch (InvalidManifestException)
        {
            return false;
        }
    }
}
