using System.Collections.Immutable;
using System.Globalization;
using Pipeline.Imaging;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;
using Pipeline.Models.Package.Manifest;

namespace Pipeline.Models.Package;

/// <summary>Effectively computes (x - mean) / std in float32, one subtraction and one division a value, each rounded.</summary>
internal sealed class Normalization
{
    private readonly ImmutableArray<float> _mean;
    private readonly ImmutableArray<float> _std;
    private readonly float[][] _tables;

    /// <param name="mean">One value a channel.</param>
    /// <param name="std">One value a channel, none 0.</param>
    private Normalization(ImmutableArray<float> mean, ImmutableArray<float> std)
    {
        _mean = mean;
        _std = std;
        _tables = new float[mean.Length][];
        for (var channel = 0; channel < _tables.Length; channel++)
        {
            var table = _tables[channel] = new float[byte.MaxValue + 1];
            for (var value = 0; value < table.Length; value++)
            {
                table[value] = Apply(value, channel);
            }
        }
    }

    /// <summary>Takes the manifest's values, or those that the input's type implies.</summary>
    /// <returns>Null where there are none, or where they do not fit the type; <paramref name="findings"/> says why.</returns>
    public static Normalization? Resolve(InputManifest manifest, TensorSpec input, ManifestFindings findings)
    {
        if (manifest.Mean is not { } mean || manifest.Std is not { } std)
        {
            if (input.DataType == DataType.UInt8)
            {
                return new Normalization(Spread([0f], manifest.Channels), Spread([1f], manifest.Channels));
            }

            findings.Invalid(
                "$.input.mean",
                "nothing",
                $"mean and std of training, for the input \"{input.Name}\" is {input.DataType}: "
                + "127.5 and 127.5 give -1 to 1, 0 and 255 give 0 to 1, 0 and 1 leave 0 to 255");
            return null;
        }

        var normalization = new Normalization(Spread(mean, manifest.Channels), Spread(std, manifest.Channels));
        return normalization.Fits(input, findings) ? normalization : null;
    }

    /// <summary>Writes one channel of a picture.</summary>
    /// <param name="stride">From one pixel's value to the next one's, in elements of <paramref name="destination"/>.</param>
    public void Apply(PixelBuffer image, int sourceChannel, int channel, Span<float> destination, int stride)
    {
        switch (image)
        {
            case PixelBuffer<byte> bytes:
                var table = _tables[channel];
                for (int from = sourceChannel, to = 0; from < bytes.Length; from += bytes.Channels, to += stride)
                {
                    destination[to] = table[bytes.Values[from]];
                }

                break;
            case PixelBuffer<float> floats:
                for (int from = sourceChannel, to = 0; from < floats.Length; from += floats.Channels, to += stride)
                {
                    destination[to] = Apply(floats.Values[from], channel);
                }

                break;
            default:
                throw new ArgumentException("A picture holds bytes or floats.", nameof(image));
        }
    }

    /// <summary>Writes one channel of the picture that normalised values stand for.</summary>
    /// <param name="stride">From one pixel's value to the next one's, in elements of <paramref name="values"/>.</param>
    public void Undo(ReadOnlySpan<float> values, int stride, int channel, PixelBuffer<byte> image, int targetChannel)
    {
        for (int from = 0, to = targetChannel; to < image.Length; from += stride, to += image.Channels)
        {
            var value = ((double)values[from] * _std[channel]) + _mean[channel];
            image.Values[to] = byte.CreateSaturating(Math.Round(value, MidpointRounding.AwayFromZero));
        }
    }

    private static ImmutableArray<float> Spread(ImmutableArray<float> values, int channels)
    {
        if (values.Length == channels)
        {
            return values;
        }

        var spread = new float[channels];
        Array.Fill(spread, values[0]);
        return [.. spread];
    }

    private float Apply(float value, int channel) => (value - _mean[channel]) / _std[channel];

    /// <summary>Whether 0 and 255 stay within the input's type.</summary>
    private bool Fits(TensorSpec input, ManifestFindings findings)
    {
        (float Low, float High)? range = input.DataType switch
        {
            DataType.UInt8 => (byte.MinValue, byte.MaxValue),
            DataType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            _ => null,
        };
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var table in _tables)
        {
            (low, high) = (Math.Min(low, table[0]), Math.Max(high, table[^1]));
        }

        if (range is null || (low >= range.Value.Low - 0.5f && high <= range.Value.High + 0.5f))
        {
            return true;
        }

        findings.Invalid(
            "$.input.mean",
            string.Create(CultureInfo.InvariantCulture, $"values with which 0 to 255 become {low:R} to {high:R}"),
            $"values that stay within {range.Value.Low} to {range.Value.High}, for the input \"{input.Name}\" is {input.DataType}");
        return false;
    }
}
