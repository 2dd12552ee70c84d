using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Graphs;

/// <summary>A constant of numbers, readable in pieces, so that nobody must hold it twice.</summary>
public abstract class NumericConstantSource : ConstantSource
{
    /// <exception cref="ArgumentException">The type is not numeric.</exception>
    protected NumericConstantSource(DataType dataType, Shape shape)
        : base(dataType, shape)
    {
        ByteLength = dataType.ByteLength(shape.ElementCount);
    }

    /// <summary>The length of the whole constant in bytes.</summary>
    public long ByteLength { get; }

    /// <summary>Fills <paramref name="destination"/> with the little-endian elements from byte <paramref name="offset"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Offset and length reach beyond <see cref="ByteLength"/>.</exception>
    public void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, ByteLength - destination.Length);
        ReadCore(offset, destination);
    }

    public override RuntimeValue Load()
    {
        var tensor = Tensor.Uninitialized(DataType, Shape);
        Read(0, tensor.Bytes);
        return tensor;
    }

    /// <summary>Does the reading; the range has been checked. An implementation throws its own typed exception when the content is broken.</summary>
    protected abstract void ReadCore(long offset, Span<byte> destination);
}
