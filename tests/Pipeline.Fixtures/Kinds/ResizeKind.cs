using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Imaging;

namespace Pipeline.Fixtures.Kinds;

/// <summary>Resized pictures of TensorFlow, Keras, Pillow and torchvision: equal within tolerance, large ones by MD5.</summary>
public sealed class ResizeKind : IFixtureKind
{
    public string Kind => "resize";

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        var method = fixture.Fields.GetProperty("method").GetString()!;
        var recipe = ResizeRecipe.For(method, fixture.Fields.GetProperty("params"));
        if (recipe.NotBuilt is { } reason)
        {
            return FixtureResult.Skipped($"resize {method}: {reason} is not built yet");
        }

        var input = fixture.Inputs.Single();
        if (input.Shape is [_, _, 2])
        {
            return FixtureResult.Skipped($"resize {method}: grey with alpha is not built yet");
        }

        var result = new List<byte>();
        foreach (var picture in Pictures(input))
        {
            result.AddRange(Bytes(recipe.Run(picture)));
        }

        return Compare(fixture, CollectionsMarshal.AsSpan(result));
    }

    /// <summary>One picture, or several where there is a batch dimension; a missing channel dimension is one channel.</summary>
    private static IEnumerable<PixelBuffer> Pictures(FixtureTensor input)
    {
        var shape = input.Shape;
        var (count, first) = shape.Length == 4 ? (shape[0], 1) : (1, 0);
        var (height, width, channels) = (shape[first], shape[first + 1], shape.Length == 2 ? 1 : shape[^1]);
        var size = input.Bytes.Length / count;
        for (var index = 0; index < count; index++)
        {
            var bytes = input.Bytes.Slice(index * size, size);
            yield return input.DataType == "float32"
                ? new PixelBuffer<float>(width, height, channels, MemoryMarshal.Cast<byte, float>(bytes.Span).ToArray())
                : new PixelBuffer<byte>(width, height, channels, bytes.ToArray());
        }
    }

    private static byte[] Bytes(PixelBuffer picture) => picture switch
    {
        PixelBuffer<byte> bytes => bytes.Values.ToArray(),
        _ => MemoryMarshal.AsBytes(((PixelBuffer<float>)picture).Values).ToArray(),
    };

    private static FixtureResult Compare(FixtureCase fixture, ReadOnlySpan<byte> got)
    {
        if (fixture.Outputs.SingleOrDefault(output => output.Name == "resized") is { } resized)
        {
            return TensorComparison.Compare(resized, resized.Shape.AsSpan(), got, fixture.Tolerance);
        }

        // MD5 is the format's own fingerprint and guards nothing.
#pragma warning disable CA5351
        var md5 = Convert.ToHexStringLower(MD5.HashData(got));
#pragma warning restore CA5351
        var expected = Md5(fixture.Fields.GetProperty("md5"));
        return md5 == expected ? FixtureResult.Passed(0) : FixtureResult.Failed($"output 'resized': {got.Length} bytes with MD5 {md5}, expected {expected}");
    }

    private static string Md5(JsonElement field) =>
        (field.ValueKind == JsonValueKind.Object ? field.GetProperty("resized") : field).GetString()!;
}
