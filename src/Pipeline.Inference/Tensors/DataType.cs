namespace Pipeline.Inference.Tensors;

/// <summary>
/// The element type of a value. Numeric types and <see cref="Bool"/> are held by <see cref="Tensor"/>; the last three have kinds of their own.
/// </summary>
public enum DataType
{
    Float32,
    Float64,
    Float16,

    /// <summary>The upper half of a float32: 8 bits of exponent, 7 of fraction.</summary>
    BFloat16,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,

    /// <summary>Two's complement, two elements a byte, the first in the low half; an odd count leaves the last high half unused.</summary>
    Int4,

    /// <summary>One byte an element, 0 or 1.</summary>
    Bool,

    /// <summary>Byte sequences, see <see cref="StringTensor"/>.</summary>
    String,

    /// <summary>A handle of a variable or table, see <see cref="ResourceHandle"/>.</summary>
    Resource,

    /// <summary>A value of a kind that only certain operators know, see <see cref="TensorList"/>.</summary>
    Variant,
}
