using System.Runtime.InteropServices;
using Pipeline.Fixtures.Format;

namespace Pipeline.Fixtures.Running;

/// <summary>Compares values by the case's tolerance: |got - want| ≤ abs + rel · |want|; NaN equals NaN; 0.0 equals -0.0; 0 and 0 mean exactly equal.</summary>
public static class TensorComparison
{
    /// <param name="got">Bytes in the layout and data type of <paramref name="want"/>.</param>
    public static FixtureResult Compare(FixtureTensor want, ReadOnlySpan<int> shape, ReadOnlySpan<byte> got, FixtureTolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(want);
        if (!shape.SequenceEqual(want.Shape.AsSpan()))
        {
            return FixtureResult.Failed($"output '{want.Name}': shape [{string.Join(',', shape.ToArray())}], expected [{string.Join(',', want.Shape)}]");
        }

        if (got.Length != want.Bytes.Length)
        {
            return FixtureResult.Failed($"output '{want.Name}': {got.Length} bytes, expected {want.Bytes.Length}");
        }

        var elementSize = ElementSize(want.DataType);
        var largest = 0.0;
        string? first = null;
        var wrong = 0;
        for (var index = 0; index < got.Length / elementSize; index++)
        {
            var at = index * elementSize;
            var expected = ReadElement(want.DataType, want.Bytes.Span[at..]);
            var actual = ReadElement(want.DataType, got[at..]);
            if (expected.Equals(actual) || (expected == actual))
            {
                // 64-bit integers beyond 2^53 compare as equal doubles: their bytes decide.
                if (elementSize < 8 || IsFloating(want.DataType) || got.Slice(at, elementSize).SequenceEqual(want.Bytes.Span.Slice(at, elementSize)))
                {
                    continue;
                }
            }

            var difference = Math.Abs(actual - expected);
            largest = double.IsNaN(difference) ? double.NaN : Math.Max(largest, difference);
            var within = double.IsFinite(expected) && difference <= tolerance.Absolute + (tolerance.Relative * Math.Abs(expected));
            if (!within || difference == 0)
            {
                wrong++;
                first ??= $"[{index}] is {actual:R}, expected {expected:R}";
            }
        }

        return first is null
            ? FixtureResult.Passed(largest)
            : FixtureResult.Failed($"output '{want.Name}': {wrong} of {want.ElementCount} values differ, first {first}, largest difference {largest:G4}", largest);
    }

    /// <summary>Compares strings byte by byte.</summary>
    public static FixtureResult Compare(FixtureTensor want, ReadOnlySpan<int> shape, IReadOnlyList<byte[]> got)
    {
        ArgumentNullException.ThrowIfNull(want);
        ArgumentNullException.ThrowIfNull(got);
        if (!shape.SequenceEqual(want.Shape.AsSpan()))
        {
            return FixtureResult.Failed($"output '{want.Name}': shape [{string.Join(',', shape.ToArray())}], expected [{string.Join(',', want.Shape)}]");
        }

        var expected = want.Strings ?? throw new InvalidOperationException($"Output '{want.Name}' holds no strings.");
        for (var index = 0; index < expected.Length; index++)
        {
            if (!expected[index].AsSpan().SequenceEqual(got[index]))
            {
                return FixtureResult.Failed($"output '{want.Name}': string {index} differs");
            }
        }

        return FixtureResult.Passed(0);
    }

    private static bool IsFloating(string dataType) => dataType is "float32" or "float64" or "float16" or "bfloat16";

    private static int ElementSize(string dataType) => dataType switch
    {
        "bool" or "int8" or "uint8" => 1,
        "float16" or "bfloat16" or "int16" or "uint16" => 2,
        "float32" or "int32" or "uint32" => 4,
        "float64" or "int64" or "uint64" => 8,
        _ => throw new NotSupportedException($"Data type '{dataType}' has no fixed element size."),
    };

    private static double ReadElement(string dataType, ReadOnlySpan<byte> bytes) => dataType switch
    {
        "bool" or "uint8" => bytes[0],
        "int8" => (sbyte)bytes[0],
        "int16" => MemoryMarshal.Read<short>(bytes),
        "uint16" => MemoryMarshal.Read<ushort>(bytes),
        "int32" => MemoryMarshal.Read<int>(bytes),
        "uint32" => MemoryMarshal.Read<uint>(bytes),
        "int64" => MemoryMarshal.Read<long>(bytes),
        "uint64" => MemoryMarshal.Read<ulong>(bytes),
        "float16" => (double)MemoryMarshal.Read<Half>(bytes),
        "bfloat16" => BitConverter.Int32BitsToSingle(MemoryMarshal.Read<short>(bytes) << 16),
        "float32" => MemoryMarshal.Read<float>(bytes),
        "float64" => MemoryMarshal.Read<double>(bytes),
        _ => throw new NotSupportedException($"Data type '{dataType}' cannot be compared."),
    };
}
