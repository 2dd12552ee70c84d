using System.Numerics;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Reads a tensor of one element into the widest number of its kind.</summary>
internal static class ScalarValue
{
    /// <summary>The element of a tensor of integers.</summary>
    public static BigInteger Integer(Tensor scalar) => scalar.DataType switch
    {
        DataType.Int8 => scalar.Elements<sbyte>()[0],
        DataType.UInt8 => scalar.Elements<byte>()[0],
        DataType.Int16 => scalar.Elements<short>()[0],
        DataType.UInt16 => scalar.Elements<ushort>()[0],
        DataType.Int32 => scalar.Elements<int>()[0],
        DataType.UInt32 => scalar.Elements<uint>()[0],
        DataType.Int64 => scalar.Elements<long>()[0],
        DataType.UInt64 => scalar.Elements<ulong>()[0],
        _ => throw new ArgumentException($"{scalar} is not of integers.", nameof(scalar)),
    };

    /// <summary>The element of a tensor of floating-point numbers.</summary>
    public static double Float(Tensor scalar) => scalar.DataType switch
    {
        DataType.Float32 => scalar.Elements<float>()[0],
        DataType.Float64 => scalar.Elements<double>()[0],
        DataType.Float16 => (double)scalar.Elements<Half>()[0],
        DataType.BFloat16 => (float)scalar.Elements<BFloat16>()[0],
        _ => throw new ArgumentException($"{scalar} is not of floating-point numbers.", nameof(scalar)),
    };
}
