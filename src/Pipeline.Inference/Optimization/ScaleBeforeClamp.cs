using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A clamp times a positive number is a clamp of the product: what made the clamped value can then take both over, as a hard sigmoid's convolution does.</summary>
internal sealed class ScaleBeforeClamp : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        return node.Outputs[0].DataType == DataType.Float32 && node.Operator switch
        {
            Binary { Function: BinaryFunction.Multiply } => Try(rewriter, node, inputs[0], inputs[1], number => number) || Try(rewriter, node, inputs[1], inputs[0], number => number),
            Binary { Function: BinaryFunction.Divide } => Try(rewriter, node, inputs[0], inputs[1], number => 1 / number),
            _ => false,
        };
    }

    private static bool Try(GraphRewriter rewriter, Node node, Value value, Value constant, Func<float, float> factor)
    {
        if (rewriter.ProducerUsedOnce<Clamp>(value) is not { } clamp || constant.Constant is not { Shape.Rank: 0 } || ChannelConstant.Read(constant, 1, 0) is not [var number]
            || factor(number) is not (> 0 and < float.PositiveInfinity) || number is not (> 0 and < float.PositiveInfinity))
        {
            return false;
        }

        var range = ((Clamp)clamp.Operator).Range;
        var product = rewriter.Emit($"{node.Name}/scaled", node.Operator, clamp.Inputs[0], constant);
        rewriter.ReplaceWith(node, new Clamp(new ValueRange(range.Low * factor(number), range.High * factor(number))), product);
        return true;
    }
}
