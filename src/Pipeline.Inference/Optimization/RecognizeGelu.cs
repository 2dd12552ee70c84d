using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>½ · x · (1 + erf(x / √2)) in the orders that exporters write it.</summary>
internal sealed class RecognizeGelu : RewritePass
{
    private const float InverseSqrt2 = 0.70710678f;
    private const float Sqrt2 = 1.41421356f;

    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0].DataType != DataType.Float32 || node.Operator is not Binary { Function: BinaryFunction.Multiply })
        {
            return false;
        }

        // Three factors in any order: the half, x, and the sum that holds the error function.
        var factors = Factors(rewriter, rewriter.Inputs(node));
        if (factors.Count != 3)
        {
            return false;
        }

        for (var index = 0; index < factors.Count; index++)
        {
            if (Argument(rewriter, factors[index]) is { } x && x.Shape.Equals(node.Outputs[0].Shape))
            {
                var others = factors.Where((_, other) => other != index).ToArray();
                if ((ReferenceEquals(others[0], x) && IsNumber(others[1], 0.5f)) || (ReferenceEquals(others[1], x) && IsNumber(others[0], 0.5f)))
                {
                    rewriter.ReplaceWith(node, new Unary(UnaryFunction.Gelu), x);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The factors of a product, and those of the one of its factors that is itself a product.</summary>
    private static List<Value> Factors(GraphRewriter rewriter, Value[] inputs)
    {
        List<Value> factors = [];
        foreach (var input in inputs)
        {
            if (factors.Count < 2 && rewriter.Producer(input) is { Operator: Binary { Function: BinaryFunction.Multiply } } product)
            {
                factors.AddRange(product.Inputs);
            }
            else
            {
                factors.Add(input);
            }
        }

        return factors;
    }

    /// <summary>The x of 1 + erf(x / √2).</summary>
    private static Value? Argument(GraphRewriter rewriter, Value sum)
    {
        if (rewriter.Producer(sum) is not { Operator: Binary { Function: BinaryFunction.Add } } add)
        {
            return null;
        }

        var erf = IsNumber(add.Inputs[0], 1f) ? add.Inputs[1] : IsNumber(add.Inputs[1], 1f) ? add.Inputs[0] : null;
        if (erf is null || rewriter.Producer(erf) is not { Operator: Unary { Function: UnaryFunction.Erf } } function)
        {
            return null;
        }

        return rewriter.Producer(function.Inputs[0]) switch
        {
            { Operator: Binary { Function: BinaryFunction.Divide } } node when IsNumber(node.Inputs[1], Sqrt2) => node.Inputs[0],
            { Operator: Binary { Function: BinaryFunction.Multiply } } node when IsNumber(node.Inputs[1], InverseSqrt2) => node.Inputs[0],
            { Operator: Binary { Function: BinaryFunction.Multiply } } node when IsNumber(node.Inputs[0], InverseSqrt2) => node.Inputs[1],
            _ => null,
        };
    }

    private static bool IsNumber(Value value, float number) => ChannelConstant.Read(value, 1, 4) is [var found] && Math.Abs(found - number) <= 1e-6f * number;
}
