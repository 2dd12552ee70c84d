using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// A product of rows with weights finishes its results itself: one factor for each column, then a residual, then a clamp, then a function. Weights stay as they are, so
/// that all plans share them.
/// </summary>
internal sealed class FuseDense : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0] is not { DataType: DataType.Float32, Shape.IsConcrete: true })
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return node.Operator switch
        {
            Binary { Function: BinaryFunction.Multiply } => TryScale(rewriter, node, inputs[0], inputs[1]) || TryScale(rewriter, node, inputs[1], inputs[0]),
            Binary { Function: BinaryFunction.Add } => TryResidual(rewriter, node, inputs[1], inputs[0]) || TryResidual(rewriter, node, inputs[0], inputs[1]),
            Clamp clamp => TryClamp(rewriter, node, inputs[0], clamp.Range),
            Unary unary => TryFunction(rewriter, node, inputs[0], unary.Function),
            _ => false,
        };
    }

    private static bool TryScale(GraphRewriter rewriter, Node node, Value value, Value factor)
    {
        if (Find(rewriter, value) is not { HasResidual: false, IsClamped: false } product || !value.Shape.Equals(node.Outputs[0].Shape)
            || ChannelConstant.Read(factor, product.Columns, value.Shape.Rank) is not { } factors)
        {
            return false;
        }

        for (var column = 0; column < factors.Length; column++)
        {
            factors[column] *= product.Scale[column];
        }

        product.Replace(rewriter, node, product.Product, factors, null, null);
        return true;
    }

    private static bool TryResidual(GraphRewriter rewriter, Node node, Value value, Value residual)
    {
        if (residual.Constant is not null || !value.Shape.Equals(residual.Shape) || Find(rewriter, value) is not { HasResidual: false, IsClamped: false } product)
        {
            return false;
        }

        product.Replace(rewriter, node, product.Product, product.Scale, residual, null);
        return true;
    }

    private static bool TryClamp(GraphRewriter rewriter, Node node, Value value, ValueRange range)
    {
        if (Find(rewriter, value) is not { IsClamped: false } product)
        {
            return false;
        }

        product.Replace(rewriter, node, product.Product with { Activation = range }, product.Scale, product.Residual, null);
        return true;
    }

    private static bool TryFunction(GraphRewriter rewriter, Node node, Value value, UnaryFunction function)
    {
        if (!FusedDense.CanFuse(function) || Find(rewriter, value) is not { IsClamped: false } product)
        {
            return false;
        }

        product.Replace(rewriter, node, product.Product, product.Scale, product.Residual, function);
        return true;
    }

    private static DenseNode? Find(GraphRewriter rewriter, Value value) =>
        DenseNode.Of(rewriter.ProducerUsedOnce<Dense>(value) ?? rewriter.ProducerUsedOnce<FusedDense>(value));
}
