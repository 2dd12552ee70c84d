using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Constants;

/// <summary>Some elements, of which the last one repeats to the end; zeros where there are none. A large shape costs nothing until it is read.</summary>
internal sealed class RepeatingConstantSource : NumericConstantSource
{
    private readonly byte[] _elements;
    private readonly byte[] _last;

    /// <param name="elements">Little-endian, at most as many as the shape has.</param>
    public RepeatingConstantSource(DataType dataType, Shape shape, byte[] elements)
        : base(dataType, shape)
    {
        _elements = elements;
        var elementSize = dataType.BitsPerElement() / 8;
        _last = elements.Length == 0 ? new byte[elementSize] : elements[^elementSize..];
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        if (offset < _elements.Length)
        {
            var given = _elements.AsSpan((int)offset, (int)Math.Min(destination.Length, _elements.Length - offset));
            given.CopyTo(destination);
            destination = destination[given.Length..];
            offset += given.Length;
        }

        if (_last.AsSpan().IndexOfAnyExcept((byte)0) < 0)
        {
            destination.Clear();
            return;
        }

        for (var index = 0; index < destination.Length; index++)
        {
            destination[index] = _last[(int)((offset + index) % _last.Length)];
        }
    }
}
