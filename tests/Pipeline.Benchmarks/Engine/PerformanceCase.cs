using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Fixtures.Format;

namespace Pipeline.Benchmarks.Engine;

/// <summary>A picture that both engines are asked about first, and what each must answer.</summary>
/// <param name="Input">As the models take it.</param>
internal sealed record PerformanceCase(uint Seed, float[] Input, FixtureCase SavedModel, FixtureCase Onnx)
{
    /// <exception cref="InvalidFixtureException">The computed picture is not the recorded one.</exception>
    public static PerformanceCase Create(FixtureCase savedModel, FixtureCase onnx)
    {
        var input = savedModel.Fields.GetProperty("input");
        int[] shape = [.. input.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())];
        var seed = input.GetProperty("seed").GetUInt32();
        var pixels = SeededInput.Pixels(seed, shape[1], shape[2]);
        var recorded = input.GetProperty("uint8_sha256").GetString();
        var computed = Convert.ToHexStringLower(SHA256.HashData(pixels));
        return computed == recorded
            ? new PerformanceCase(seed, SeededInput.Normalize(pixels), savedModel, onnx)
            : throw new InvalidFixtureException(savedModel.Folder, $"case '{savedModel.Id}': the computed picture has SHA-256 {computed}, recorded is {recorded}.");
    }

    /// <summary>The seed of a case.</summary>
    public static uint SeedOf(FixtureCase fixture) => fixture.Fields.GetProperty("input").GetProperty("seed").GetUInt32();

    /// <summary>The file or folder inside a case's zip file.</summary>
    public static string MemberOf(FixtureCase fixture) =>
        fixture.Fields.TryGetProperty("member", out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()!
            : throw new InvalidFixtureException(fixture.Folder, $"case '{fixture.Id}' has no member.");
}
