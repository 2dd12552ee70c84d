using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A clamp of results belongs into the node that makes them.</summary>
internal sealed class MergeActivation : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not Clamp clamp || node.Outputs[0].DataType != DataType.Float32
            || WeightedNode.Find(rewriter, rewriter.Current(node.Inputs[0])) is not { IsClamped: false } weighted)
        {
            return false;
        }

        weighted.Clamp(rewriter, node, clamp.Range);
        return true;
    }
}
