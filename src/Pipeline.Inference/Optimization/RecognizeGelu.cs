using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>½ · x · (1 + erf(x / √2)), ½ · x · erfc(−x / √2) and ½ · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) in the orders that exporters write them.</summary>
internal sealed class RecognizeGelu : RewritePass
{
    private const float InverseSqrt2 = 0.70710678f;
    private const float Sqrt2 = 1.41421356f;
    private const float Sqrt2OverPi = 0.79788456f;
    private const float Cubic = 0.044715f;

    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0].DataType != DataType.Float32 || node.Operator is not Binary { Function: BinaryFunction.Multiply })
        {
            return false;
        }

        // Three factors in any order: the half, x, and what holds the error function or the tangent.
        var factors = Factors(rewriter, rewriter.Inputs(node));
        if (factors.Count != 3)
        {
            return false;
        }

        for (var index = 0; index < factors.Count; index++)
        {
            if (Gate(rewriter, factors[index]) is { } gate && gate.X.Shape.Equals(node.Outputs[0].Shape))
            {
                var others = factors.Where((_, other) => other != index).ToArray();
                if ((ReferenceEquals(others[0], gate.X) && IsNumber(others[1], 0.5f)) || (ReferenceEquals(others[1], gate.X) && IsNumber(others[0], 0.5f)))
                {
                    rewriter.ReplaceWith(node, new Unary(gate.Function), gate.X);
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

    /// <summary>The x of 1 + erf(x / √2), of erfc(−x / √2), or of 1 + tanh(…).</summary>
    private static (Value X, UnaryFunction Function)? Gate(GraphRewriter rewriter, Value value)
    {
        var producer = rewriter.Producer(value);
        if (producer is { Operator: Unary { Function: UnaryFunction.Erfc } })
        {
            return OverSqrt2(rewriter, producer.Inputs[0], isNegated: true) is { } x ? (x, UnaryFunction.Gelu) : null;
        }

        if (Other(rewriter, value, BinaryFunction.Add, 1f) is not { } function)
        {
            return null;
        }

        return rewriter.Producer(function) switch
        {
            { Operator: Unary { Function: UnaryFunction.Erf } } erf => OverSqrt2(rewriter, erf.Inputs[0], isNegated: false) is { } x ? (x, UnaryFunction.Gelu) : null,
            { Operator: Unary { Function: UnaryFunction.Tanh } } tanh => Cube(rewriter, tanh.Inputs[0]) is { } x ? (x, UnaryFunction.GeluTanh) : null,
            _ => null,
        };
    }

    /// <summary>The x of x / √2, or of −x / √2.</summary>
    private static Value? OverSqrt2(GraphRewriter rewriter, Value value, bool isNegated)
    {
        if (isNegated && Negated(rewriter, value) is { } positive)
        {
            return OverSqrt2(rewriter, positive, isNegated: false);
        }

        var sign = isNegated ? -1 : 1;
        var scaled = Other(rewriter, value, BinaryFunction.Multiply, sign * InverseSqrt2)
            ?? (rewriter.Producer(value) is { Operator: Binary { Function: BinaryFunction.Divide } } node && IsNumber(node.Inputs[1], sign * Sqrt2) ? node.Inputs[0] : null);
        if (scaled is not null || !isNegated)
        {
            return scaled;
        }

        return OverSqrt2(rewriter, value, isNegated: false) is { } inner ? Negated(rewriter, inner) : null;
    }

    /// <summary>The x of √(2/π) · (x + 0.044715 · x³).</summary>
    private static Value? Cube(GraphRewriter rewriter, Value value)
    {
        if (Other(rewriter, value, BinaryFunction.Multiply, Sqrt2OverPi) is not { } sum || rewriter.Producer(sum) is not { Operator: Binary { Function: BinaryFunction.Add } } add)
        {
            return null;
        }

        for (var index = 0; index < 2; index++)
        {
            var (x, cubic) = (add.Inputs[index], add.Inputs[1 - index]);
            if (Other(rewriter, cubic, BinaryFunction.Multiply, Cubic) is { } cube && IsCube(rewriter, cube, x))
            {
                return x;
            }
        }

        return null;
    }

    private static bool IsCube(GraphRewriter rewriter, Value value, Value x) => rewriter.Producer(value) switch
    {
        { Operator: Binary { Function: BinaryFunction.Power } } node => ReferenceEquals(node.Inputs[0], x) && IsNumber(node.Inputs[1], 3f),
        { Operator: Binary { Function: BinaryFunction.Multiply } } node =>
            (ReferenceEquals(node.Inputs[0], x) && IsSquare(rewriter, node.Inputs[1], x)) || (ReferenceEquals(node.Inputs[1], x) && IsSquare(rewriter, node.Inputs[0], x)),
        _ => false,
    };

    private static bool IsSquare(GraphRewriter rewriter, Value value, Value x) => rewriter.Producer(value) switch
    {
        { Operator: Unary { Function: UnaryFunction.Square } } node => ReferenceEquals(node.Inputs[0], x),
        { Operator: Binary { Function: BinaryFunction.Multiply } } node => ReferenceEquals(node.Inputs[0], x) && ReferenceEquals(node.Inputs[1], x),
        _ => false,
    };

    private static Value? Negated(GraphRewriter rewriter, Value value) =>
        rewriter.Producer(value) is { Operator: Unary { Function: UnaryFunction.Negate } } node ? node.Inputs[0] : null;

    /// <summary>What a number is added to or multiplied with, or null where a value is no such thing.</summary>
    private static Value? Other(GraphRewriter rewriter, Value value, BinaryFunction function, float number) =>
        rewriter.Producer(value) is not { Operator: Binary binary } node || binary.Function != function ? null
        : IsNumber(node.Inputs[1], number) ? node.Inputs[0]
        : IsNumber(node.Inputs[0], number) ? node.Inputs[1]
        : null;

    private static bool IsNumber(Value value, float number) => ChannelConstant.Read(value, 1, 4) is [var found] && Math.Abs(found - number) <= 1e-6f * Math.Abs(number);
}
