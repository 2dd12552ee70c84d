using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Copies a box of elements, each side with its own offset and steps: what slices, transposes, joins and repetitions come down to.</summary>
internal readonly struct StridedCopy : IElementMove
{
    private readonly int[] _dimensions;
    private readonly int _sourceOffset;
    private readonly int[] _sourceStrides;
    private readonly int _targetOffset;
    private readonly int[] _targetStrides;

    private StridedCopy(int[] dimensions, int sourceOffset, int[] sourceStrides, int targetOffset, int[] targetStrides)
    {
        _dimensions = dimensions;
        _sourceOffset = sourceOffset;
        _sourceStrides = sourceStrides;
        _targetOffset = targetOffset;
        _targetStrides = targetStrides;
    }

    /// <param name="dimensions">The size of the box.</param>
    /// <param name="sourceStrides">Elements between neighbours along each dimension; 0 repeats, negative walks backwards.</param>
    public static void Run(
        RuntimeValue source,
        int sourceOffset,
        ReadOnlySpan<int> sourceStrides,
        RuntimeValue target,
        int targetOffset,
        ReadOnlySpan<int> targetStrides,
        ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Contains(0))
        {
            return;
        }

        List<int> merged = [];
        List<int> from = [];
        List<int> to = [];
        for (var d = 0; d < dimensions.Length; d++)
        {
            if (dimensions[d] == 1)
            {
                continue;
            }

            if (merged.Count > 0 && from[^1] == sourceStrides[d] * dimensions[d] && to[^1] == targetStrides[d] * dimensions[d])
            {
                merged[^1] *= dimensions[d];
                from[^1] = sourceStrides[d];
                to[^1] = targetStrides[d];
                continue;
            }

            merged.Add(dimensions[d]);
            from.Add(sourceStrides[d]);
            to.Add(targetStrides[d]);
        }

        Elements.Move(new StridedCopy([.. merged], sourceOffset, [.. from], targetOffset, [.. to]), source, target);
    }

    /// <summary>Elements between neighbours along each dimension of a value in C order.</summary>
    public static int[] StridesOf(Shape shape)
    {
        var strides = new int[shape.Rank];
        var stride = 1;
        for (var d = strides.Length - 1; d >= 0 && shape.ElementCount > 0; d--)
        {
            strides[d] = stride;
            stride *= shape[d];
        }

        return strides;
    }

    void IElementMove.Run<T>(ReadOnlySpan<T> source, Span<T> target) => Copy(0, source, _sourceOffset, target, _targetOffset);

    private void Copy<T>(int depth, ReadOnlySpan<T> source, int from, Span<T> target, int to)
    {
        if (depth == _dimensions.Length)
        {
            target[to] = source[from];
            return;
        }

        var count = _dimensions[depth];
        var sourceStride = _sourceStrides[depth];
        var targetStride = _targetStrides[depth];
        if (depth < _dimensions.Length - 1)
        {
            for (var i = 0; i < count; i++)
            {
                Copy(depth + 1, source, from + (i * sourceStride), target, to + (i * targetStride));
            }
        }
        else if (targetStride == 1 && sourceStride == 1)
        {
            source.Slice(from, count).CopyTo(target[to..]);
        }
        else
        {
            for (var i = 0; i < count; i++)
            {
                target[to + (i * targetStride)] = source[from + (i * sourceStride)];
            }
        }
    }
}
