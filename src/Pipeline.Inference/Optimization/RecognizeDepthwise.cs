using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A convolution with a group for each channel is a depthwise one; a depthwise convolution of one channel is a full one. The filter's elements stay in their order.</summary>
internal sealed class RecognizeDepthwise : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        if (node.Operator is not (Conv2D or DepthwiseConv2D) || !inputs[0].Shape.HasRank || inputs[1].Constant is not NumericConstantSource filter || filter.Shape.Rank != 4)
        {
            return false;
        }

        var channels = inputs[0].Shape[3];
        switch (node.Operator)
        {
            case Conv2D convolution when filter.Shape[2] == 1 && channels > 1:
                var shape = Shape.Of(filter.Shape[0], filter.Shape[1], channels, filter.Shape[3] / channels);
                inputs[1] = GraphBuilder.Constant(inputs[1].Name, new ReshapedConstantSource(filter, shape));
                rewriter.ReplaceWith(
                    node,
                    new DepthwiseConv2D(convolution.Strides, convolution.Dilations, convolution.Padding, convolution.Activation) { Function = convolution.Function },
                    inputs);
                return true;
            case DepthwiseConv2D convolution when channels == 1:
                rewriter.ReplaceWith(
                    node,
                    new Conv2D(convolution.Strides, convolution.Dilations, convolution.Padding, convolution.Activation) { Function = convolution.Function },
                    inputs);
                return true;
            default:
                return false;
        }
    }
}
