using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Finds how two shapes meet.</summary>
internal static class ElementwiseOperands
{
    /// <param name="shape">Of the first value, and of the result.</param>
    /// <returns>Null for any other way of broadcasting.</returns>
    public static ElementwiseOperand? Find(Shape shape, Shape second)
    {
        if (second.Equals(shape))
        {
            return ElementwiseOperand.Same;
        }

        if (second.Rank > shape.Rank || shape.ElementCount == 0)
        {
            return null;
        }

        if (second.ElementCount == 1)
        {
            return ElementwiseOperand.Scalar;
        }

        var last = second[^1];
        if (last == shape[^1] && second.ElementCount == last)
        {
            return ElementwiseOperand.Channels;
        }

        if (second.Rank != shape.Rank)
        {
            return null;
        }

        var outer = shape.Dimensions[..^1];
        return last == 1 && second.Dimensions[..^1].SequenceEqual(outer) ? ElementwiseOperand.Rows
            : shape.Rank == 4 && last == shape[3] && second.Dimensions[..3].SequenceEqual([shape[0], 1, 1]) ? ElementwiseOperand.ChannelsOfPicture
            : null;
    }
}
