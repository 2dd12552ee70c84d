using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What the two ways of cutting a value into parts have in common.</summary>
internal static class SplitRule
{
    /// <summary>Parts of a shape, which differ along an axis only.</summary>
    /// <param name="sizes">The size of each part along <paramref name="axis"/>, or <see cref="PartialShape.UnknownDimension"/>.</param>
    public static IReadOnlyList<TensorType> Types(TensorType whole, int axis, IReadOnlyList<int> sizes)
    {
        var types = new TensorType[sizes.Count];
        for (var i = 0; i < types.Length; i++)
        {
            int[] dimensions = [.. whole.Shape.Dimensions];
            dimensions[axis] = sizes[i];
            types[i] = whole with { Shape = PartialShape.Of(dimensions) };
        }

        return types;
    }

    /// <summary>Parts of which no more is known than their number.</summary>
    public static IReadOnlyList<TensorType> UnknownTypes(TensorType whole, int count)
    {
        var shape = whole.Shape.HasRank ? PartialShape.OfRank(whole.Shape.Rank) : PartialShape.Unknown;
        return [.. Enumerable.Repeat(whole with { Shape = shape }, count)];
    }

    /// <summary>A box for each part.</summary>
    public static IEnumerable<StridedMove> Moves(Shape whole, int axis, IReadOnlyList<Shape> parts)
    {
        var strides = StridedCopy.StridesOf(whole);
        var at = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            yield return StridedMove.ToAll(at * strides[axis], strides, [.. parts[i].Dimensions]) with { Output = i };
            at += parts[i][axis];
        }
    }
}
