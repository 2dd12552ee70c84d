using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A product of a matrix with constant weights takes bias and clamp.</summary>
internal sealed class RecognizeDense : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        if (node.Operator is not MatMul { TransposeA: false } product || node.Outputs[0].DataType != DataType.Float32
            || inputs[0].Shape is not { HasRank: true, Rank: 2 } || inputs[1].Constant is not { Shape.Rank: 2 })
        {
            return false;
        }

        rewriter.ReplaceWith(node, new Dense(product.TransposeB, ValueRange.Unbounded), inputs);
        return true;
    }
}
