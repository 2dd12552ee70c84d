using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Batch normalisation by constants is a multiplication and an addition: scale / sqrt(variance + ε), and offset − mean times that.</summary>
internal sealed class LowerBatchNormalization : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not BatchNormalization normalization || node.Outputs[0].DataType != DataType.Float32)
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        var shape = inputs[0].Shape;
        if (!shape.HasRank || shape[^1] < 1)
        {
            return false;
        }

        var channels = shape[^1];
        if (ChannelConstant.Read(inputs[1], channels, 1) is not { } scale || ChannelConstant.Read(inputs[2], channels, 1) is not { } offset
            || ChannelConstant.Read(inputs[3], channels, 1) is not { } mean || ChannelConstant.Read(inputs[4], channels, 1) is not { } variance)
        {
            return false;
        }

        for (var channel = 0; channel < channels; channel++)
        {
            var factor = scale[channel] / Math.Sqrt((double)variance[channel] + normalization.Epsilon);
            offset[channel] = (float)(offset[channel] - (mean[channel] * factor));
            scale[channel] = (float)factor;
        }

        var scaled = rewriter.Emit($"{node.Name}/scale", new Binary(BinaryFunction.Multiply), inputs[0], ChannelConstant.Make($"{node.Name}/factor", scale));
        rewriter.ReplaceWith(node, new Binary(BinaryFunction.Add), scaled, ChannelConstant.Make($"{node.Name}/offset", offset));
        return true;
    }
}
