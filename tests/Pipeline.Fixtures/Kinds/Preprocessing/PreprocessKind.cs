using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Imaging;
using Pipeline.Imaging.Decoding;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Fixtures.Kinds.Preprocessing;

/// <summary>
/// A file to the tensor of a published preprocessing, through the product's own manifest and stages. What no manifest expresses today is skipped by
/// name; the last 8-bit stage must be exact where it is recorded.
/// </summary>
public sealed class PreprocessKind : IFixtureKind
{
    private readonly ImageDecoder _decoder = new(TimeProvider.System);

    public string Kind => "preprocess";

    public FixtureResult Run(FixtureCase fixture)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        if (PreprocessRecipe.Read(fixture, out var notBuilt) is not { } manifest)
        {
            return FixtureResult.Skipped($"{notBuilt} is not built yet");
        }

        try
        {
            return Run(fixture, manifest);
        }
        catch (UnsupportedManifestException error)
        {
            return FixtureResult.Skipped(string.Join("; ", error.Errors.Select(item => $"{item.Path} {item.Found} is not built yet")));
        }
        catch (UnsupportedImageException error)
        {
            return FixtureResult.Skipped($"decode of {error.Format}: {error.Detail} is not built yet");
        }
    }

    private FixtureResult Run(FixtureCase fixture, InputManifest manifest)
    {
        var shape = RecordedShape(fixture);
        var dataType = fixture.Fields.GetProperty("steps").GetProperty("dtype").GetString() == "uint8" ? DataType.UInt8 : DataType.Float32;
        var processor = Preprocessor.Create(manifest, new TensorSpec("tensor", dataType, PartialShape.Of(shape.AsSpan())), fixture.Id);
        var image = _decoder.Decode(File.ReadAllBytes(fixture.FullPath), DecodeLimits.Default, processor.DecodeOptions, CancellationToken.None);
        var tensor = processor.Prepare(image);
        return CheckStage(fixture, manifest, image) is { } difference ? FixtureResult.Failed(difference) : Compare(fixture, tensor);
    }

    private static ImmutableArray<int> RecordedShape(FixtureCase fixture) =>
        fixture.Outputs.Length > 0
            ? fixture.Outputs[0].Shape
            : [.. fixture.Fields.GetProperty("shape").GetProperty("tensor").EnumerateArray().Select(dimension => dimension.GetInt32())];

    /// <summary>The picture between resizing and normalising: the same manifest with nothing after it, fed as bytes.</summary>
    private static string? CheckStage(FixtureCase fixture, InputManifest manifest, PixelBuffer<byte> image)
    {
        if (!fixture.Fields.TryGetProperty("stage_md5", out var recorded))
        {
            return null;
        }

        var stage = fixture.Fields.GetProperty("stage_shape");
        var spec = new TensorSpec("stage", DataType.UInt8, PartialShape.Of(1, stage[0].GetInt32(), stage[1].GetInt32(), manifest.Channels));
        var color = manifest.Color == ChannelOrder.Gray ? ChannelOrder.Gray : ChannelOrder.Rgb;
        var plain = manifest with { Mean = null, Std = null, Layout = TensorLayout.Nhwc, Color = color };

        // MD5 is the format's own fingerprint and guards nothing.
#pragma warning disable CA5351
        var md5 = Convert.ToHexStringLower(MD5.HashData(Preprocessor.Create(plain, spec, fixture.Id).Prepare(image).Bytes));
#pragma warning restore CA5351
        return md5 == recorded.GetString() ? null : $"the last 8-bit stage has MD5 {md5}, expected {recorded.GetString()}";
    }

    private static FixtureResult Compare(FixtureCase fixture, Tensor tensor)
    {
        if (fixture.Outputs.Length > 0)
        {
            return TensorComparison.Compare(fixture.Outputs[0], tensor.Shape.Dimensions, tensor.Bytes, fixture.Tolerance);
        }

        var probe = fixture.Fields.GetProperty("probe").GetProperty("tensor");
        var largest = 0.0;
        foreach (var (place, value) in probe.GetProperty("at").EnumerateArray().Zip(probe.GetProperty("values").EnumerateArray()))
        {
            var (at, want) = (place.GetInt32(), value.GetDouble());
            var got = tensor.DataType == DataType.UInt8 ? tensor.Elements<byte>()[at] : tensor.Elements<float>()[at];
            var difference = Math.Abs(got - want);
            largest = Math.Max(largest, difference);
            if (!(difference <= fixture.Tolerance.Absolute + (fixture.Tolerance.Relative * Math.Abs(want))))
            {
                return FixtureResult.Failed($"element {at} is {got:R}, expected {want:R}", largest);
            }
        }

        return CheckMean(fixture.Fields, tensor) is { } deviation ? FixtureResult.Failed(deviation, largest) : FixtureResult.Passed(largest);
    }

    /// <summary>The mean of all elements, which the probes do not cover.</summary>
    private static string? CheckMean(JsonElement fields, Tensor tensor)
    {
        var sum = 0.0;
        for (var index = 0; index < tensor.Shape.ElementCount; index++)
        {
            sum += tensor.DataType == DataType.UInt8 ? tensor.Elements<byte>()[index] : tensor.Elements<float>()[index];
        }

        var (got, want) = (sum / tensor.Shape.ElementCount, fields.GetProperty("mean").GetDouble());
        return Math.Abs(got - want) <= 1e-5 * Math.Max(1, Math.Abs(want)) ? null : $"the mean is {got:R}, expected {want:R}";
    }
}
