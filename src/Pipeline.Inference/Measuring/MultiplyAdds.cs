using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Measuring;

/// <summary>
/// Counts the products that nodes add up, as publications of nets count them: those on the border of a padded picture too, a bias or a
/// normalisation not.
/// </summary>
internal static class MultiplyAdds
{
    /// <returns>Null where a shape is not known, or the count does not fit into 64 bits.</returns>
    public static long? Of(Node node) => node.Operator switch
    {
        Conv2D or FusedConvolution => Product(node.Outputs[0].Shape, node.Inputs[1].Shape, 3),
        DepthwiseConv2D => Product(node.Outputs[0].Shape, node.Inputs[1].Shape, 2),
        MatMul product => Product(node.Outputs[0].Shape, Depth(node, product.TransposeA), 1),
        Einsum { Equation: var equation } when node.Inputs.Count > 1 => Product(node, equation),
        Dense dense => Product(node, dense),
        FusedDense fused => Product(node, fused.Product),
        _ => 0,
    };

    /// <summary>The counts of nodes together.</summary>
    /// <returns>Null where one is not known, or the sum does not fit into 64 bits.</returns>
    public static long? Sum(IEnumerable<NodeCost> nodes) =>
        nodes.Aggregate((Int128?)0, (sum, node) => sum + node.MultiplyAdds) is { } sum ? Narrow(sum) : null;

    private static long? Narrow(Int128 count) => count <= long.MaxValue ? (long)count : null;

    /// <summary>Elements of a result, each a sum over the first <paramref name="summed"/> dimensions of the weights.</summary>
    private static long? Product(PartialShape result, PartialShape weights, int summed)
    {
        if (!result.TryGetShape(out var shape) || !weights.HasRank || weights.Dimensions[..summed].Contains(PartialShape.UnknownDimension))
        {
            return null;
        }

        Int128 count = shape.ElementCount;
        foreach (var dimension in weights.Dimensions[..summed])
        {
            count *= dimension;
        }

        return Narrow(count);
    }

    private static long? Product(Node node, Dense dense)
    {
        if (!node.Inputs[1].Shape.HasRank)
        {
            return null;
        }

        var summed = dense.Split(node.Inputs[1].Shape).Summed;
        return Product(node.Outputs[0].Shape, PartialShape.Of(summed), summed.Length);
    }

    /// <summary>Of an Einstein summation: elements of the result, diagonals once, each a sum over the labels that it has not and both inputs have.</summary>
    private static long? Product(Node node, string equation)
    {
        var inputs = OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs);
        if (EinsumTerms.Resolve(EinsumEquation.Parse(inputs, equation), inputs) is not { } terms)
        {
            return null;
        }

        Int128? count = 1;
        foreach (var label in terms.Output.Distinct().Concat(terms.Summed))
        {
            count = terms.Size(label) == PartialShape.UnknownDimension || count > long.MaxValue ? null : count * terms.Size(label);
        }

        return count is { } known ? Narrow(known) : null;
    }

    private static PartialShape Depth(Node node, bool isTransposed)
    {
        var left = node.Inputs[0].Shape;
        return left.HasRank ? PartialShape.Of(isTransposed ? left[^2] : left[^1]) : PartialShape.Unknown;
    }
}
