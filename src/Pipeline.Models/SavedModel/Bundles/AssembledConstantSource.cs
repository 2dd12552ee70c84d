using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>A part of a tensor that is put together from the stored slices that it overlaps, byte range by byte range, when it is read.</summary>
internal sealed class AssembledConstantSource : NumericConstantSource
{
    private readonly BundleSlice _part;
    private readonly IReadOnlyList<(BundleSlice Slice, NumericConstantSource Source)> _stored;
    private readonly int _elementSize;

    /// <param name="part">Inside the tensor that the slices are of.</param>
    /// <param name="stored">Slices of one tensor that together hold every element of the part, see <see cref="BundleSlice.Tile"/>.</param>
    public AssembledConstantSource(DataType dataType, BundleSlice part, IReadOnlyList<(BundleSlice Slice, NumericConstantSource Source)> stored)
        : base(dataType, Shape.FromWide(part.Lengths.AsSpan()))
    {
        _part = part;
        _stored = stored;
        _elementSize = dataType.BitsPerElement() / 8;
    }

    protected override void ReadCore(long offset, Span<byte> destination)
    {
        var rank = _part.Lengths.Length;
        var rowLength = rank == 0 ? 1 : _part.Lengths[rank - 1];
        Span<long> index = stackalloc long[rank];
        while (!destination.IsEmpty)
        {
            var element = offset / _elementSize;
            var within = (int)(offset % _elementSize);
            var rest = element;
            for (var axis = rank - 1; axis >= 0; axis--)
            {
                index[axis] = _part.Starts[axis] + (rest % _part.Lengths[axis]);
                rest /= _part.Lengths[axis];
            }

            var leftInRow = rowLength - (rank == 0 ? 0 : element % rowLength);
            var (source, position, available) = Locate(index);
            var length = (int)Math.Min(destination.Length, (Math.Min(leftInRow, available) * _elementSize) - within);
            source.Read((position * _elementSize) + within, destination[..length]);
            destination = destination[length..];
            offset += length;
        }
    }

    /// <summary>The slice that holds an element, the element's place in it, and how many elements follow in its row, itself included.</summary>
    private (NumericConstantSource Source, long Position, long Available) Locate(ReadOnlySpan<long> index)
    {
        foreach (var (slice, source) in _stored)
        {
            long position = 0;
            long available = 1;
            var holds = true;
            for (var axis = 0; axis < index.Length && holds; axis++)
            {
                var relative = index[axis] - slice.Starts[axis];
                holds = relative >= 0 && relative < slice.Lengths[axis];
                position = (position * slice.Lengths[axis]) + relative;
                available = slice.Lengths[axis] - relative;
            }

            if (holds)
            {
                return (source, position, available);
            }
        }

        throw new InvalidOperationException($"No stored slice holds element [{string.Join(',', index.ToArray())}].");
    }
}
