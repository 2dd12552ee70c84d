namespace Pipeline.Inference.Tensors;

/// <summary>Facts about each <see cref="DataType"/>.</summary>
public static class DataTypes
{
    /// <summary>Bits an element takes in memory; 0 for string, resource and variant.</summary>
    public static int BitsPerElement(this DataType type) => type switch
    {
        DataType.Int4 => 4,
        DataType.Int8 or DataType.UInt8 or DataType.Bool => 8,
        DataType.Float16 or DataType.BFloat16 or DataType.Int16 or DataType.UInt16 => 16,
        DataType.Float32 or DataType.Int32 or DataType.UInt32 => 32,
        DataType.Float64 or DataType.Int64 or DataType.UInt64 => 64,
        DataType.String or DataType.Resource or DataType.Variant => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a data type."),
    };

    /// <summary>Bytes that <paramref name="elementCount"/> elements take, rounded up to a whole byte.</summary>
    /// <exception cref="ArgumentException">The type has no byte representation.</exception>
    /// <exception cref="OverflowException">The length does not fit into 64 bits.</exception>
    public static long ByteLength(this DataType type, long elementCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementCount);
        var bits = type.BitsPerElement();
        if (bits == 0)
        {
            throw new ArgumentException($"Elements of type {type} have no fixed length in bytes.", nameof(type));
        }

        return bits == 4 ? (elementCount / 2) + (elementCount & 1) : checked(elementCount * (bits / 8));
    }

    /// <summary>Whether a <see cref="Tensor"/> holds this type: all numeric types and <see cref="DataType.Bool"/>.</summary>
    public static bool IsNumeric(this DataType type) => type.BitsPerElement() > 0;

    public static bool IsFloatingPoint(this DataType type) =>
        type is DataType.Float32 or DataType.Float64 or DataType.Float16 or DataType.BFloat16;

    public static bool IsInteger(this DataType type) => type.IsNumeric() && !type.IsFloatingPoint() && type != DataType.Bool;

    /// <summary>The data type whose elements are held as <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException">No data type is held as <typeparamref name="T"/>.</exception>
    public static DataType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? DataType.Float32
        : typeof(T) == typeof(double) ? DataType.Float64
        : typeof(T) == typeof(Half) ? DataType.Float16
        : typeof(T) == typeof(BFloat16) ? DataType.BFloat16
        : typeof(T) == typeof(sbyte) ? DataType.Int8
        : typeof(T) == typeof(byte) ? DataType.UInt8
        : typeof(T) == typeof(short) ? DataType.Int16
        : typeof(T) == typeof(ushort) ? DataType.UInt16
        : typeof(T) == typeof(int) ? DataType.Int32
        : typeof(T) == typeof(uint) ? DataType.UInt32
        : typeof(T) == typeof(long) ? DataType.Int64
        : typeof(T) == typeof(ulong) ? DataType.UInt64
        : typeof(T) == typeof(bool) ? DataType.Bool
        : throw new ArgumentException($"No tensor element is held as {typeof(T)}.");
}
