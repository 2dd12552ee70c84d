using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// A picture multiplied by one constant for each of many channels is a depthwise convolution with a window of one pixel, which can take a bias and a clamp.
/// </summary>
internal sealed class MergeAffine : RewritePass
{
    // Pictures of fewer channels are better left as plain rows.
    private const int ManyChannels = 16;

    private static readonly DepthwiseConv2D OnePixel = new(new Extent2D(1, 1), new Extent2D(1, 1), Padding.Valid, ValueRange.Unbounded);

    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not Binary { Function: BinaryFunction.Multiply } || node.Outputs[0] is not { DataType: DataType.Float32, Shape: { HasRank: true, Rank: 4 } shape }
            || shape[3] < ManyChannels)
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return Try(rewriter, node, shape[3], inputs[0], inputs[1]) || Try(rewriter, node, shape[3], inputs[1], inputs[0]);
    }

    private static bool Try(GraphRewriter rewriter, Node node, int channels, Value value, Value factor)
    {
        if (!value.Shape.Equals(node.Outputs[0].Shape) || factor.Constant is { Shape.ElementCount: 1 } || ChannelConstant.Read(factor, channels, 4) is not { } factors)
        {
            return false;
        }

        var weights = GraphBuilder.Constant(factor.Name, Tensor.From<float>(Shape.Of(1, 1, channels, 1), factors));
        rewriter.ReplaceWith(node, OnePixel, value, weights);
        return true;
    }
}
