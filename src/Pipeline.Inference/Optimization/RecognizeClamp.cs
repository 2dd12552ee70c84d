using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>The larger (or smaller) of a value and a constant number is a clamp; a clamp of a clamp is one.</summary>
internal sealed class RecognizeClamp : RewritePass
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
            Clamp clamp => TryMerge(rewriter, node, inputs[0], clamp.Range),
            Binary { Function: BinaryFunction.Maximum } => Try(rewriter, node, inputs, bound => new ValueRange(bound, float.PositiveInfinity)),
            Binary { Function: BinaryFunction.Minimum } => Try(rewriter, node, inputs, bound => new ValueRange(float.NegativeInfinity, bound)),
            _ => false,
        };
    }

    private static bool Try(GraphRewriter rewriter, Node node, Value[] inputs, Func<float, ValueRange> range)
    {
        for (var index = 0; index < 2; index++)
        {
            if (inputs[index].Constant is { Shape.Rank: 0 } && ChannelConstant.Read(inputs[index], 1, 0) is [var bound] && !float.IsNaN(bound))
            {
                if (!TryMerge(rewriter, node, inputs[1 - index], range(bound)))
                {
                    rewriter.ReplaceWith(node, new Clamp(range(bound)), inputs[1 - index]);
                }

                return true;
            }
        }

        return false;
    }

    private static bool TryMerge(GraphRewriter rewriter, Node node, Value value, ValueRange outer)
    {
        if (rewriter.ProducerUsedOnce<Clamp>(value) is not { } inner)
        {
            return false;
        }

        var range = ((Clamp)inner.Operator).Range;
        var low = Math.Min(Math.Max(range.Low, outer.Low), outer.High);
        var high = Math.Min(Math.Max(range.High, outer.Low), outer.High);
        rewriter.ReplaceWith(node, new Clamp(new ValueRange(low, high)), inner.Inputs[0]);
        return true;
    }
}
