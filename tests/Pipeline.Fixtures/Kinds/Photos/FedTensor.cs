using System.Security.Cryptography;
using System.Text.Json;
using Pipeline.Fixtures.Format;
using Pipeline.Inference.Tensors;

namespace Pipeline.Fixtures.Kinds.Photos;

/// <summary>Holds the tensor that is fed against the recorded one: shape, MD5, probes, and all of it where it is recorded.</summary>
internal static class FedTensor
{
    /// <returns>Null where it is the same, byte by byte; else the first difference.</returns>
    public static string? Check(FixtureCase fixture, Tensor fed)
    {
        var recorded = fixture.Fields.GetProperty("input");
        var shape = recorded.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32()).ToArray();
        var dataType = recorded.GetProperty("dtype").GetString();
        if (!fed.Shape.Dimensions.SequenceEqual(shape) || !string.Equals(fed.DataType.ToString(), dataType, StringComparison.OrdinalIgnoreCase))
        {
            return $"fed tensor is {fed}, expected {dataType}[{string.Join(", ", shape)}]";
        }

        // MD5 is the format's own fingerprint and guards nothing.
#pragma warning disable CA5351
        var md5 = Convert.ToHexStringLower(MD5.HashData(fed.Bytes));
#pragma warning restore CA5351
        var isWhole = fixture.Inputs.Length == 0 || fixture.Inputs[0].Bytes.Span.SequenceEqual(fed.Bytes);
        return isWhole && md5 == recorded.GetProperty("md5").GetString() ? null : $"fed tensor has MD5 {md5}; {FirstProbe(recorded, fed)}";
    }

    private static string FirstProbe(JsonElement recorded, Tensor fed)
    {
        foreach (var probe in recorded.GetProperty("probes").EnumerateArray())
        {
            var (at, want) = (probe[0].GetInt32(), (float)probe[1].GetDouble());
            var got = fed.DataType switch
            {
                DataType.UInt8 => fed.Elements<byte>()[at],
                DataType.Int8 => fed.Elements<sbyte>()[at],
                _ => fed.Elements<float>()[at],
            };
            if (!got.Equals(want))
            {
                return $"element {at} is {got:R}, expected {want:R}";
            }
        }

        return "all probes are right";
    }
}
