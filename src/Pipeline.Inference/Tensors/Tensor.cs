using System.Runtime.InteropServices;

namespace Pipeline.Inference.Tensors;

/// <summary>
/// Numbers (or booleans) in C order. Written by whoever allocated it, then only read: tensors of one run may share memory.
/// </summary>
public sealed class Tensor : RuntimeValue
{
    private readonly Memory<byte> _bytes;

    private Tensor(DataType dataType, Shape shape, Memory<byte> bytes)
        : base(dataType, shape)
    {
        _bytes = bytes;
    }

    /// <summary>The elements as they lie in memory.</summary>
    public Span<byte> Bytes => _bytes.Span;

    /// <summary>The memory, which other tensors may share.</summary>
    internal ReadOnlyMemory<byte> Memory => _bytes;

    /// <summary>A tensor of zeros.</summary>
    /// <exception cref="ArgumentException">The type is not numeric.</exception>
    /// <exception cref="InvalidShapeException">It would take more bytes than one array holds.</exception>
    public static Tensor Zeros(DataType dataType, Shape shape) =>
        new(dataType, shape, new byte[CheckedLength(dataType, shape)]);

    /// <summary>A tensor of arbitrary content, to be written before it is read.</summary>
    /// <inheritdoc cref="Zeros"/>
    public static Tensor Uninitialized(DataType dataType, Shape shape) =>
        new(dataType, shape, GC.AllocateUninitializedArray<byte>(CheckedLength(dataType, shape)));

    /// <summary>A copy of <paramref name="elements"/>.</summary>
    /// <exception cref="ArgumentException">The number of elements is not the shape's.</exception>
    public static Tensor From<T>(Shape shape, params ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var tensor = Uninitialized(DataTypes.Of<T>(), shape);
        if (elements.Length != shape.ElementCount)
        {
            throw new ArgumentException($"{elements.Length} elements do not fill {shape}, which has {shape.ElementCount}.", nameof(elements));
        }

        elements.CopyTo(tensor.Elements<T>());
        return tensor;
    }

    public static Tensor Scalar<T>(T element)
        where T : unmanaged => From(Shape.Scalar, element);

    public static Tensor Vector<T>(params ReadOnlySpan<T> elements)
        where T : unmanaged => From(Shape.Of(elements.Length), elements);

    /// <summary>A tensor over memory of the caller, which must not change any more.</summary>
    /// <exception cref="ArgumentException">The length is not what type and shape need.</exception>
    public static Tensor Wrap(DataType dataType, Shape shape, Memory<byte> bytes)
    {
        var length = CheckedLength(dataType, shape);
        return bytes.Length == length
            ? new Tensor(dataType, shape, bytes)
            : throw new ArgumentException($"{dataType}{shape} takes {length} bytes, {bytes.Length} were given.", nameof(bytes));
    }

    /// <summary>The elements in C order.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not what this tensor holds.</exception>
    public Span<T> Elements<T>()
        where T : unmanaged
    {
        if (DataTypes.Of<T>() != DataType)
        {
            throw new ArgumentException($"The tensor holds {DataType}, not {DataTypes.Of<T>()}.");
        }

        return MemoryMarshal.Cast<byte, T>(_bytes.Span);
    }

    /// <summary>The same elements under another shape, without a copy.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Tensor Reshape(Shape shape) =>
        shape.ElementCount == Shape.ElementCount
            ? new Tensor(DataType, shape, _bytes)
            : throw new ArgumentException($"{Shape} has {Shape.ElementCount} elements, {shape} has {shape.ElementCount}.", nameof(shape));

    /// <summary>The same elements in memory of its own.</summary>
    public Tensor Copy() => new(DataType, Shape, _bytes.ToArray());

    private static int CheckedLength(DataType dataType, Shape shape)
    {
        var length = dataType.ByteLength(shape.ElementCount);
        return length <= Array.MaxLength
            ? (int)length
            : throw new InvalidShapeException(
                string.Join(", ", shape.Dimensions.ToArray()), $"as {dataType} it takes {length} bytes, at most {Array.MaxLength} are possible.");
    }
}
