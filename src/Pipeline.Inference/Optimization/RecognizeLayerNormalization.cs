using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// (x − mean) · rsqrt(variance + ε) over the last dimension, in the orders that exporters write it, with constant scale and offset. What is written step by step is
/// gathered step by step: first the core, then a scale behind it, then an offset.
/// </summary>
internal sealed partial class RecognizeLayerNormalization : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Outputs[0].DataType != DataType.Float32 || node.Operator is not Binary { Function: var function }
            || node.Outputs[0].Shape is not { HasRank: true, Rank: > 0 })
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return function switch
        {
            BinaryFunction.Multiply => TryCore(rewriter, node, inputs[0], inputs[1]) || TryCore(rewriter, node, inputs[1], inputs[0])
                || TryScale(rewriter, node, inputs[0], inputs[1]) || TryScale(rewriter, node, inputs[1], inputs[0]),
            BinaryFunction.Divide => TryQuotient(rewriter, node, inputs[0], inputs[1]),
            BinaryFunction.Add => TrySum(rewriter, node, inputs[0], inputs[1]) || TrySum(rewriter, node, inputs[1], inputs[0])
                || TryOffset(rewriter, node, inputs[0], inputs[1]) || TryOffset(rewriter, node, inputs[1], inputs[0]),
            BinaryFunction.Subtract => TryDifference(rewriter, node, inputs[0], inputs[1]),
            _ => false,
        };
    }

    /// <summary>(x − mean) · factor.</summary>
    private static bool TryCore(GraphRewriter rewriter, Node node, Value centred, Value factor) =>
        Moments.Centred(rewriter, centred) is { } x && Factor(rewriter, factor, x) is { } found && Replace(rewriter, node, x, found, null);

    /// <summary>(x − mean) / sqrt(variance + ε).</summary>
    private static bool TryQuotient(GraphRewriter rewriter, Node node, Value centred, Value root) =>
        Moments.Centred(rewriter, centred) is { } x
        && rewriter.Producer(root) is { Operator: Unary { Function: UnaryFunction.Sqrt } } sqrt
        && Moments.Epsilon(rewriter, sqrt.Inputs[0], x) is { } epsilon
        && Replace(rewriter, node, x, new ScaleFactor(epsilon, null), null);

    /// <summary>x · factor + (offset − mean · factor), where the second may be written as −mean · factor + offset and have no offset.</summary>
    private static bool TrySum(GraphRewriter rewriter, Node node, Value scaled, Value shift)
    {
        foreach (var (x, factor) in Products(rewriter, scaled))
        {
            if (Factor(rewriter, factor, x) is { } found && Shift(rewriter, shift, x, factor) is { } offset && Replace(rewriter, node, x, found, offset))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>x · factor − mean · factor.</summary>
    private static bool TryDifference(GraphRewriter rewriter, Node node, Value scaled, Value shift)
    {
        foreach (var (x, factor) in Products(rewriter, scaled))
        {
            if (Factor(rewriter, factor, x) is { } found && IsMeanTimes(rewriter, shift, x, factor, isNegated: false) && Replace(rewriter, node, x, found, null))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryScale(GraphRewriter rewriter, Node node, Value value, Value factor) =>
        rewriter.ProducerUsedOnce<LayerNormalization>(value) is { } normalization
        && Channels(node, value, factor) is { } factors
        && Merge(rewriter, node, normalization, (scale, channel) => scale * factors[channel], (offset, channel) => offset * factors[channel]);

    private static bool TryOffset(GraphRewriter rewriter, Node node, Value value, Value added) =>
        rewriter.ProducerUsedOnce<LayerNormalization>(value) is { } normalization
        && Channels(node, value, added) is { } numbers
        && Merge(rewriter, node, normalization, (scale, _) => scale, (offset, channel) => offset + numbers[channel]);

    private static float[]? Channels(Node node, Value value, Value constant) =>
        value.Shape.Equals(node.Outputs[0].Shape) && value.Shape[^1] > 0 ? ChannelConstant.Read(constant, value.Shape[^1], value.Shape.Rank) : null;

    private static bool Merge(GraphRewriter rewriter, Node node, Node normalization, Func<float, int, float> scale, Func<float, int, float> offset)
    {
        var channels = normalization.Outputs[0].Shape[^1];
        if (ChannelConstant.Read(normalization.Inputs[1], channels, 1) is not { } scales || ChannelConstant.Read(normalization.Inputs[2], channels, 1) is not { } offsets)
        {
            return false;
        }

        rewriter.ReplaceWith(
            node,
            normalization.Operator,
            normalization.Inputs[0],
            ChannelConstant.Make($"{node.Name}/scale", [.. scales.Select(scale)]),
            ChannelConstant.Make($"{node.Name}/offset", [.. offsets.Select(offset)]));
        return true;
    }

    private static bool Replace(GraphRewriter rewriter, Node node, Value x, ScaleFactor factor, Value? offset)
    {
        var channels = x.Shape[^1];
        if (channels < 1 || !x.Shape.Equals(node.Outputs[0].Shape) || Numbers(factor.Scale, channels, x.Shape.Rank, 1) is not { } scale
            || Numbers(offset, channels, x.Shape.Rank, 0) is not { } offsets)
        {
            return false;
        }

        rewriter.ReplaceWith(
            node, new LayerNormalization(factor.Epsilon), x, ChannelConstant.Make($"{node.Name}/scale", scale), ChannelConstant.Make($"{node.Name}/offset", offsets));
        return true;
    }

    private static float[]? Numbers(Value? constant, int channels, int rank, float otherwise) =>
        constant is null ? [.. Enumerable.Repeat(otherwise, channels)] : ChannelConstant.Read(constant, channels, rank);
}
