using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>The sum of a convolution and a value of the same shape is made by the convolution, and so is a clamp of it.</summary>
internal sealed class MergeResidual : RewritePass
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
            Binary { Function: BinaryFunction.Add } => TryAdd(rewriter, node, inputs[1], inputs[0]) || TryAdd(rewriter, node, inputs[0], inputs[1]),
            Clamp clamp => TryClamp(rewriter, node, inputs[0], clamp.Range),
            _ => false,
        };
    }

    private static bool TryAdd(GraphRewriter rewriter, Node node, Value made, Value residual)
    {
        if (!made.Shape.IsConcrete || !made.Shape.Equals(residual.Shape) || residual.Constant is not null
            || rewriter.ProducerUsedOnce<Conv2D>(made) is not { Operator: Conv2D { } convolution } producer || convolution.Activation != ValueRange.Unbounded)
        {
            return false;
        }

        var bias = producer.Inputs.Count > 2 ? producer.Inputs[2] : ChannelConstant.Make($"{node.Name}/bias", new float[made.Shape[^1]]);
        rewriter.ReplaceWith(node, new FusedConvolution(convolution), producer.Inputs[0], producer.Inputs[1], bias, residual);
        return true;
    }

    private static bool TryClamp(GraphRewriter rewriter, Node node, Value value, ValueRange range)
    {
        if (rewriter.ProducerUsedOnce<FusedConvolution>(value) is not { Operator: FusedConvolution { } fused } producer
            || fused.Convolution.Activation != ValueRange.Unbounded)
        {
            return false;
        }

        rewriter.ReplaceWith(node, new FusedConvolution(fused.Convolution with { Activation = range }), [.. producer.Inputs]);
        return true;
    }
}
