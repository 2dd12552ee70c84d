using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Optimization;

/// <content>The parts of a normalisation.</content>
internal sealed partial class RecognizeLayerNormalization
{
    private static readonly Value NoOffset = ChannelConstant.Make("none", [0f]);

    /// <summary>rsqrt(variance + ε), times a scale where there is one.</summary>
    private static ScaleFactor? Factor(GraphRewriter rewriter, Value value, Value x)
    {
        if (Inverse(rewriter, value, x) is { } epsilon)
        {
            return new ScaleFactor(epsilon, null);
        }

        foreach (var (root, scale) in Products(rewriter, value))
        {
            if (scale.Constant is not null && Inverse(rewriter, root, x) is { } scaled)
            {
                return new ScaleFactor(scaled, scale);
            }
        }

        return null;
    }

    /// <summary>The ε of rsqrt(variance + ε), or of 1 / sqrt(variance + ε).</summary>
    private static float? Inverse(GraphRewriter rewriter, Value value, Value x) => rewriter.Producer(value) switch
    {
        { Operator: Unary { Function: UnaryFunction.Rsqrt } } root => Moments.Epsilon(rewriter, root.Inputs[0], x),
        { Operator: Unary { Function: UnaryFunction.Reciprocal } } inverse when rewriter.Producer(inverse.Inputs[0]) is { Operator: Unary { Function: UnaryFunction.Sqrt } } root =>
            Moments.Epsilon(rewriter, root.Inputs[0], x),
        _ => null,
    };

    /// <summary>The offset of what is added to x · factor, a zero where there is none; null where something else is added.</summary>
    private static Value? Shift(GraphRewriter rewriter, Value value, Value x, Value factor)
    {
        if (IsMeanTimes(rewriter, value, x, factor, isNegated: true))
        {
            return NoOffset;
        }

        return rewriter.Producer(value) switch
        {
            { Operator: Binary { Function: BinaryFunction.Subtract } } node when IsMeanTimes(rewriter, node.Inputs[1], x, factor, isNegated: false) => node.Inputs[0],
            { Operator: Binary { Function: BinaryFunction.Add } } node when IsMeanTimes(rewriter, node.Inputs[1], x, factor, isNegated: true) => node.Inputs[0],
            { Operator: Binary { Function: BinaryFunction.Add } } node when IsMeanTimes(rewriter, node.Inputs[0], x, factor, isNegated: true) => node.Inputs[1],
            _ => null,
        };
    }

    /// <summary>Whether a value is mean · factor, or the negative of it.</summary>
    private static bool IsMeanTimes(GraphRewriter rewriter, Value value, Value x, Value factor, bool isNegated)
    {
        if (isNegated && Negated(rewriter, value) is { } positive)
        {
            return IsMeanTimes(rewriter, positive, x, factor, isNegated: false);
        }

        return Products(rewriter, value).Any(pair =>
            ReferenceEquals(pair.Second, factor)
            && (isNegated ? Negated(rewriter, pair.First) : pair.First) is { } mean
            && Moments.IsMean(rewriter, mean, x));
    }

    private static Value? Negated(GraphRewriter rewriter, Value value) =>
        rewriter.Producer(value) is { Operator: Unary { Function: UnaryFunction.Negate } } node ? node.Inputs[0] : null;

    /// <summary>The factors of a product, both ways round.</summary>
    private static IEnumerable<(Value First, Value Second)> Products(GraphRewriter rewriter, Value value) =>
        rewriter.Producer(value) is { Operator: Binary { Function: BinaryFunction.Multiply } } product
            ? [(product.Inputs[0], product.Inputs[1]), (product.Inputs[1], product.Inputs[0])]
            : [];

    private sealed record ScaleFactor(float Epsilon, Value? Scale);
}
