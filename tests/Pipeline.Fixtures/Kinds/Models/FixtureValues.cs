using System.Collections.Frozen;
using Pipeline.Fixtures.Format;
using Pipeline.Fixtures.Running;
using Pipeline.Inference.Tensors;

namespace Pipeline.Fixtures.Kinds.Models;

/// <summary>Recorded tensors as values of a run, and back.</summary>
public static class FixtureValues
{
    private static readonly FrozenDictionary<string, DataType> Types = new Dictionary<string, DataType>
    {
        ["float32"] = DataType.Float32,
        ["float64"] = DataType.Float64,
        ["float16"] = DataType.Float16,
        ["bfloat16"] = DataType.BFloat16,
        ["int8"] = DataType.Int8,
        ["uint8"] = DataType.UInt8,
        ["int16"] = DataType.Int16,
        ["uint16"] = DataType.UInt16,
        ["int32"] = DataType.Int32,
        ["uint32"] = DataType.UInt32,
        ["int64"] = DataType.Int64,
        ["uint64"] = DataType.UInt64,
        ["bool"] = DataType.Bool,
        ["string"] = DataType.String,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static RuntimeValue ToValue(FixtureTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var shape = Shape.Of(tensor.Shape.AsSpan());
        return tensor.Strings is { } strings
            ? new StringTensor(shape, strings.Select(text => (ReadOnlyMemory<byte>)text))
            : Tensor.Wrap(Types[tensor.DataType], shape, tensor.Bytes.ToArray());
    }

    /// <summary>Compares names, types, shapes and elements of all outputs.</summary>
    public static FixtureResult Compare(FixtureCase fixture, IReadOnlyDictionary<string, RuntimeValue> outputs)
    {
        ArgumentNullException.ThrowIfNull(fixture);
        ArgumentNullException.ThrowIfNull(outputs);
        var expected = fixture.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        if (!expected.SetEquals(outputs.Keys))
        {
            return FixtureResult.Failed($"outputs {string.Join(", ", outputs.Keys)}, expected {string.Join(", ", expected)}");
        }

        var largest = 0.0;
        foreach (var want in fixture.Outputs)
        {
            var result = Compare(want, outputs[want.Name], fixture.Tolerance);
            if (result.Verdict != FixtureVerdict.Passed)
            {
                return result;
            }

            largest = Math.Max(largest, result.LargestDifference ?? 0);
        }

        return FixtureResult.Passed(largest);
    }

    private static FixtureResult Compare(FixtureTensor want, RuntimeValue got, FixtureTolerance tolerance)
    {
        if (Types[want.DataType] != got.DataType)
        {
            return FixtureResult.Failed($"output '{want.Name}': {got.DataType}, expected {want.DataType}");
        }

        return got switch
        {
            Tensor tensor => TensorComparison.Compare(want, tensor.Shape.Dimensions, tensor.Bytes, tolerance),
            StringTensor strings => TensorComparison.Compare(want, strings.Shape.Dimensions, [.. strings.Elements.ToArray().Select(text => text.ToArray())]),
            _ => FixtureResult.Failed($"output '{want.Name}': {got}, which is no tensor"),
        };
    }
}
