using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>x · sigmoid(x), and x · min(max(x + 3, 0), 6) / 6 in the orders that exporters write it.</summary>
internal sealed class RecognizeSwish : RewritePass
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
            Binary { Function: BinaryFunction.Multiply } => TryProduct(rewriter, node, inputs[0], inputs[1]) || TryProduct(rewriter, node, inputs[1], inputs[0]),
            Binary { Function: BinaryFunction.Divide } => IsNumber(inputs[1], 6f) && TryUnscaled(rewriter, node, inputs[0]),
            _ => false,
        };
    }

    private static bool TryProduct(GraphRewriter rewriter, Node node, Value x, Value gate)
    {
        if (rewriter.Producer(gate) is { Operator: Unary { Function: UnaryFunction.Sigmoid } } sigmoid && ReferenceEquals(sigmoid.Inputs[0], x))
        {
            return Replace(rewriter, node, UnaryFunction.Swish, x);
        }

        if (IsSixth(gate) && TryUnscaled(rewriter, node, x))
        {
            return true;
        }

        if (Scaled(rewriter, gate) is { } clamp && IsShifted(rewriter, clamp, x))
        {
            return Replace(rewriter, node, UnaryFunction.HardSwish, x);
        }

        return false;
    }

    /// <summary>A constant of a higher rank would have given the result that rank.</summary>
    private static bool Replace(GraphRewriter rewriter, Node node, UnaryFunction function, Value x)
    {
        if (!x.Shape.Equals(node.Outputs[0].Shape))
        {
            return false;
        }

        rewriter.ReplaceWith(node, new Unary(function), x);
        return true;
    }

    /// <summary>(x · clamp(x + 3)) before the division by six.</summary>
    private static bool TryUnscaled(GraphRewriter rewriter, Node node, Value product)
    {
        if (rewriter.ProducerUsedOnce<Binary>(product) is not { Operator: Binary { Function: BinaryFunction.Multiply } } multiply)
        {
            return false;
        }

        for (var index = 0; index < 2; index++)
        {
            if (IsShifted(rewriter, multiply.Inputs[1 - index], multiply.Inputs[index]))
            {
                return Replace(rewriter, node, UnaryFunction.HardSwish, multiply.Inputs[index]);
            }
        }

        return false;
    }

    /// <summary>The clamp behind clamp(x + 3) / 6.</summary>
    private static Value? Scaled(GraphRewriter rewriter, Value gate) =>
        rewriter.Producer(gate) switch
        {
            { Operator: Binary { Function: BinaryFunction.Multiply } } node when IsSixth(node.Inputs[1]) => node.Inputs[0],
            { Operator: Binary { Function: BinaryFunction.Multiply } } node when IsSixth(node.Inputs[0]) => node.Inputs[1],
            { Operator: Binary { Function: BinaryFunction.Divide } } node when IsNumber(node.Inputs[1], 6f) => node.Inputs[0],
            _ => null,
        };

    /// <summary>Whether a value is clamp(x + 3, 0, 6).</summary>
    private static bool IsShifted(GraphRewriter rewriter, Value value, Value x) =>
        rewriter.Producer(value) is { Operator: Clamp { Range: { Low: 0, High: 6 } } } clamp
        && rewriter.Producer(clamp.Inputs[0]) is { Operator: Binary { Function: BinaryFunction.Add } } add
        && ((ReferenceEquals(add.Inputs[0], x) && IsNumber(add.Inputs[1], 3f)) || (ReferenceEquals(add.Inputs[1], x) && IsNumber(add.Inputs[0], 3f)));

    private static bool IsSixth(Value value) => ChannelConstant.Read(value, 1, 4) is [var number] && Math.Abs(number - (1f / 6f)) < 1e-7f;

    private static bool IsNumber(Value value, float number) => ChannelConstant.Read(value, 1, 4) is [var found] && found == number;
}
