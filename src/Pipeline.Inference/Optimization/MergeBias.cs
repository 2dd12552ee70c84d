using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>One constant for each channel that is added to (or taken from) results belongs into their bias.</summary>
internal sealed class MergeBias : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0].DataType != DataType.Float32)
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return node.Operator switch
        {
            BiasAdd or Binary { Function: BinaryFunction.Subtract } => Try(rewriter, node, inputs[0], inputs[1]),
            Binary { Function: BinaryFunction.Add } => Try(rewriter, node, inputs[0], inputs[1]) || Try(rewriter, node, inputs[1], inputs[0]),
            _ => false,
        };
    }

    private static bool Try(GraphRewriter rewriter, Node node, Value value, Value added)
    {
        if (WeightedNode.Find(rewriter, value) is not { IsActivated: false, Bias: { } bias } weighted
            || weighted.ReadChannels(added) is not { } numbers)
        {
            return false;
        }

        var sign = node.Operator is Binary { Function: BinaryFunction.Subtract } ? -1 : 1;
        for (var channel = 0; channel < bias.Length; channel++)
        {
            bias[channel] += sign * numbers[channel];
        }

        weighted.Replace(rewriter, node, weighted.Weights, bias);
        return true;
    }
}
