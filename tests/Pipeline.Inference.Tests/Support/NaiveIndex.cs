using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Values element by element through their indices: slow and plain.</summary>
internal static class NaiveIndex
{
    /// <summary>A tensor whose element at each index is what <paramref name="element"/> says.</summary>
    public static Tensor Build<T>(Shape shape, Func<int[], T> element)
        where T : unmanaged
    {
        var result = Tensor.Zeros(DataTypes.Of<T>(), shape);
        for (var i = 0; i < shape.ElementCount; i++)
        {
            result.Elements<T>()[i] = element(IndexOf(shape, i));
        }

        return result;
    }

    /// <summary>The element at an index; where the tensor's dimension is 1, or it has fewer, the index is broadcast.</summary>
    public static T At<T>(Tensor tensor, params ReadOnlySpan<int> index)
        where T : unmanaged
    {
        var offset = 0;
        var skipped = index.Length - tensor.Shape.Rank;
        for (var d = 0; d < tensor.Shape.Rank; d++)
        {
            offset = (offset * tensor.Shape[d]) + (tensor.Shape[d] == 1 ? 0 : index[d + skipped]);
        }

        return tensor.Elements<T>()[offset];
    }

    private static int[] IndexOf(Shape shape, int position)
    {
        var index = new int[shape.Rank];
        for (var d = shape.Rank - 1; d >= 0; d--)
        {
            (position, index[d]) = Math.DivRem(position, shape[d]);
        }

        return index;
    }
}
