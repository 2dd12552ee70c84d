using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Fills a box with a smaller one and its mirror images.</summary>
internal readonly struct MirrorMove : IElementMove
{
    private readonly Shape _sourceShape;
    private readonly Shape _targetShape;
    private readonly IReadOnlyList<(long Before, long After)> _paddings;
    private readonly int _skipped;

    /// <param name="skipped">1 where the mirror stands in the middle of the border element, 0 where it stands behind it.</param>
    public MirrorMove(Shape sourceShape, Shape targetShape, IReadOnlyList<(long Before, long After)> paddings, int skipped)
    {
        _sourceShape = sourceShape;
        _targetShape = targetShape;
        _paddings = paddings;
        _skipped = skipped;
    }

    /// <summary>The element of a source of <paramref name="size"/> that stands at a place before, within or behind it.</summary>
    public static int Source(int place, int size, int skipped)
    {
        var index = place < 0 ? -place - 1 + skipped : place;
        return index >= size ? (2 * size) - index - 1 - skipped : index;
    }

    public void Run<T>(ReadOnlySpan<T> source, Span<T> target)
    {
        if (target.IsEmpty)
        {
            return;
        }

        Fill(0, source, 0, target, 0);
    }

    private void Fill<T>(int dimension, ReadOnlySpan<T> source, int from, Span<T> target, int to)
    {
        if (dimension == _targetShape.Rank)
        {
            target[to] = source[from];
            return;
        }

        var sourceStride = _sourceShape.CountOf(dimension + 1, _sourceShape.Rank);
        var targetStride = _targetShape.CountOf(dimension + 1, _targetShape.Rank);
        var size = _sourceShape[dimension];
        for (var i = 0; i < _targetShape[dimension]; i++)
        {
            var index = Source(i - (int)_paddings[dimension].Before, size, _skipped);
            Fill(dimension + 1, source, from + (index * sourceStride), target, to + (i * targetStride));
        }
    }
}
