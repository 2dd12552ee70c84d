using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What a strided slice takes of one dimension.</summary>
/// <param name="Begin">The first index, where the dimension is known.</param>
/// <param name="Count">How many, or <see cref="PartialShape.UnknownDimension"/>.</param>
internal readonly record struct StridedRange(long Begin, int Count, int Stride)
{
    /// <summary>All of a dimension.</summary>
    public static StridedRange All(int size) => new(0, size, 1);

    /// <summary><c>begin:end:stride</c> as in Python; null for an end left open.</summary>
    public static StridedRange Of(long? begin, long? end, int stride, int size)
    {
        if (size == PartialShape.UnknownDimension)
        {
            return new StridedRange(0, PartialShape.UnknownDimension, stride);
        }

        var (low, high) = stride > 0 ? (0L, (long)size) : (-1L, size - 1L);
        var first = begin is null ? (stride > 0 ? low : high) : Math.Clamp(FromFront(begin.Value, size), low, high);
        var last = end is null ? (stride > 0 ? high : low) : Math.Clamp(FromFront(end.Value, size), low, high);
        var span = stride > 0 ? last - first : first - last;
        var step = Math.Abs((long)stride);
        return new StridedRange(first, (int)Math.Max((span + step - 1) / step, 0), stride);
    }

    private static long FromFront(long index, int size) => index < 0 ? index + size : index;
}
