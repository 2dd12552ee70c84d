using System.Text;

namespace Pipeline.Inference.Tensors;

/// <summary>Byte sequences in C order. A string is bytes, not necessarily text.</summary>
public sealed class StringTensor : RuntimeValue
{
    private readonly ReadOnlyMemory<byte>[] _elements;

    /// <exception cref="ArgumentException">The number of elements is not the shape's.</exception>
    public StringTensor(Shape shape, IEnumerable<ReadOnlyMemory<byte>> elements)
        : this(shape, Copied(elements))
    {
    }

    private StringTensor(Shape shape, ReadOnlyMemory<byte>[] elements)
        : base(DataType.String, shape)
    {
        _elements = elements;
        if (_elements.Length != shape.ElementCount)
        {
            throw new ArgumentException($"{_elements.Length} elements do not fill {shape}, which has {shape.ElementCount}.", nameof(elements));
        }
    }

    public ReadOnlySpan<ReadOnlyMemory<byte>> Elements => _elements;

    internal Span<ReadOnlyMemory<byte>> Mutable => _elements;

    /// <summary>The UTF-8 bytes of <paramref name="elements"/>.</summary>
    public static StringTensor FromText(Shape shape, params IEnumerable<string> elements) =>
        new(shape, elements.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e)));

    /// <summary>The same elements under another shape, without a copy.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public StringTensor Reshape(Shape shape) => new(shape, _elements);

    /// <summary>Empty strings, to be written through <see cref="Mutable"/> by whoever called this.</summary>
    internal static StringTensor Empty(Shape shape) => new(shape, new ReadOnlyMemory<byte>[shape.ElementCount]);

    private static ReadOnlyMemory<byte>[] Copied(IEnumerable<ReadOnlyMemory<byte>> elements)
    {
        ArgumentNullException.ThrowIfNull(elements);
        return [.. elements];
    }
}
