using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Optimization;

/// <summary>Recognises mean and variance over the last dimension.</summary>
internal static class Moments
{
    /// <summary>Whether a value is the mean of x, with a dimension of 1 in place of the last.</summary>
    public static bool IsMean(GraphRewriter rewriter, Value value, Value x) => Averaged(rewriter, value) is { } averaged && ReferenceEquals(averaged, x);

    /// <summary>The x of x − mean, or null.</summary>
    public static Value? Centred(GraphRewriter rewriter, Value value) =>
        rewriter.Producer(value) is { Operator: Binary { Function: BinaryFunction.Subtract } } node && IsMean(rewriter, node.Inputs[1], node.Inputs[0]) ? node.Inputs[0] : null;

    /// <summary>The ε of variance + ε, where the variance is that of x; or null.</summary>
    public static float? Epsilon(GraphRewriter rewriter, Value value, Value x)
    {
        if (rewriter.Producer(value) is not { Operator: Binary { Function: BinaryFunction.Add } } node)
        {
            return null;
        }

        var (variance, constant) = node.Inputs[1].Constant is null ? (node.Inputs[1], node.Inputs[0]) : (node.Inputs[0], node.Inputs[1]);
        return Averaged(rewriter, variance) is { } squares && IsSquared(rewriter, squares, x) && ChannelConstant.Read(constant, 1, x.Shape.Rank) is [var epsilon] ? epsilon : null;
    }

    /// <summary>Whether a value is (x − mean)².</summary>
    private static bool IsSquared(GraphRewriter rewriter, Value value, Value x) => rewriter.Producer(value) switch
    {
        { Operator: Binary { Function: BinaryFunction.SquaredDifference } } node =>
            (ReferenceEquals(node.Inputs[0], x) && IsMean(rewriter, node.Inputs[1], x)) || (ReferenceEquals(node.Inputs[1], x) && IsMean(rewriter, node.Inputs[0], x)),
        { Operator: Unary { Function: UnaryFunction.Square } } node => ReferenceEquals(Centred(rewriter, node.Inputs[0]), x),
        { Operator: Binary { Function: BinaryFunction.Multiply } } node when ReferenceEquals(node.Inputs[0], node.Inputs[1]) =>
            ReferenceEquals(Centred(rewriter, node.Inputs[0]), x),
        _ => false,
    };

    /// <summary>What a value is the mean of, over the last dimension, which stays as 1; or null.</summary>
    private static Value? Averaged(GraphRewriter rewriter, Value value)
    {
        if (rewriter.Producer(value) is not { Operator: Reduce { Function: ReduceFunction.Mean, KeepDimensions: true } } node || !node.Inputs[0].Shape.HasRank)
        {
            return null;
        }

        var axes = OperatorInputs.OfValues(node.Name, node.Operator, node.Inputs).KnownIntegers(1);
        return axes is [var axis] && (axis == -1 || axis == node.Inputs[0].Shape.Rank - 1) ? node.Inputs[0] : null;
    }
}
