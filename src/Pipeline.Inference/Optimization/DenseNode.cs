using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Optimization;

/// <summary>A product of rows with constant weights, bias and scale, to which something may still be merged.</summary>
internal sealed class DenseNode
{
    private readonly Node _node;
    private readonly float[] _bias;

    private DenseNode(Node node, Dense product, int[] columns, float[] bias, float[] scale)
    {
        _node = node;
        _bias = bias;
        Product = product;
        Columns = columns;
        Scale = scale;
    }

    public Dense Product { get; }

    /// <summary>The last dimensions of the result, which are those of the weights.</summary>
    public int[] Columns { get; }

    /// <summary>One for each column; ones where nothing is multiplied.</summary>
    public float[] Scale { get; }

    public Value? Residual => _node.Inputs.Count > 4 ? _node.Inputs[4] : null;

    public bool HasResidual => Residual is not null;

    public bool IsClamped => Product.Activation != ValueRange.Unbounded;

    /// <returns>Null where a part is no constant, or a function follows already.</returns>
    public static DenseNode? Of(Node? node)
    {
        if (node?.Operator is not (Dense or FusedDense { Function: null }) || node.Inputs[1].Constant is not NumericConstantSource weights)
        {
            return null;
        }

        var product = node.Operator as Dense ?? ((FusedDense)node.Operator).Product;
        var columns = product.Split(weights.Shape).Columns;
        var count = columns.Aggregate(1, (all, size) => all * size);
        if (count == 0)
        {
            return null;
        }

        var bias = node.Inputs.Count < 3 ? new float[count] : ChannelConstant.Read(node.Inputs[2], count, 1);
        var scale = node.Inputs.Count < 4 ? [.. Enumerable.Repeat(1f, count)] : ChannelConstant.Read(node.Inputs[3], count, 1);
        return bias is null || scale is null ? null : new DenseNode(node, product, columns, bias, scale);
    }

    /// <summary>The same product with other parts in place of an old node.</summary>
    public void Replace(GraphRewriter rewriter, Node old, Dense product, float[] scale, Value? residual, UnaryFunction? function) =>
        rewriter.ReplaceWith(
            old,
            new FusedDense(product, residual is not null, function),
            [
                _node.Inputs[0],
                _node.Inputs[1],
                ChannelConstant.Make($"{old.Name}/bias", _bias),
                ChannelConstant.Make($"{old.Name}/scale", scale),
                .. residual is null ? Array.Empty<Value>() : [residual],
            ]);
}
