using Pipeline.Inference.Graphs;
using Pipeline.Inference.Kernels.Lanes;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>The sum of a convolution without groups and a value of the same shape is made by the convolution, and so is a clamp of it, or a function that kernels apply.</summary>
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
            Clamp clamp => TryActivate(rewriter, node, inputs[0], convolution => convolution with { Activation = clamp.Range }),
            Unary unary when RowFunction.Has(unary.Function) => TryActivate(rewriter, node, inputs[0], convolution => convolution with { Function = unary.Function }),
            _ => false,
        };
    }

    private static bool TryAdd(GraphRewriter rewriter, Node node, Value made, Value residual)
    {
        if (!made.Shape.IsConcrete || !made.Shape.Equals(residual.Shape) || residual.Constant is not null
            || rewriter.ProducerUsedOnce<Conv2D>(made) is not { Operator: Conv2D { Function: null } convolution } producer || convolution.Activation != ValueRange.Unbounded
            || producer.Inputs[0].Shape[3] != producer.Inputs[1].Shape[2])
        {
            return false;
        }

        var bias = producer.Inputs.Count > 2 ? producer.Inputs[2] : ChannelConstant.Make($"{node.Name}/bias", new float[made.Shape[^1]]);
        rewriter.ReplaceWith(node, new FusedConvolution(convolution), producer.Inputs[0], producer.Inputs[1], bias, residual);
        return true;
    }

    private static bool TryActivate(GraphRewriter rewriter, Node node, Value value, Func<Conv2D, Conv2D> activate)
    {
        if (rewriter.ProducerUsedOnce<FusedConvolution>(value) is not { Operator: FusedConvolution { Convolution.Function: null } fused } producer
            || fused.Convolution.Activation != ValueRange.Unbounded)
        {
            return false;
        }

        rewriter.ReplaceWith(node, new FusedConvolution(activate(fused.Convolution)), [.. producer.Inputs]);
        return true;
    }
}
