using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A clamp of results, or a function of them that kernels apply, belongs into the node that makes them.</summary>
internal sealed class MergeActivation : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not (Clamp or Unary) || node.Outputs[0].DataType != DataType.Float32
            || WeightedNode.Find(rewriter, rewriter.Current(node.Inputs[0])) is not { IsActivated: false } weighted)
        {
            return false;
        }

        switch (node.Operator)
        {
            case Clamp clamp:
                weighted.Clamp(rewriter, node, clamp.Range);
                return true;
            case Unary unary when RowFunction.Has(unary.Function):
                return weighted.TryApply(rewriter, node, unary.Function);
            default:
                return false;
        }
    }
}
