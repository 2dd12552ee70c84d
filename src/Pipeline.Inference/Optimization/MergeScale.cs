using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Results multiplied (or divided) by one constant for each channel are the results of weights multiplied by it.</summary>
internal sealed class MergeScale : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        if (node.Operator is not Binary { Function: BinaryFunction.Multiply or BinaryFunction.Divide } binary || node.Outputs[0].DataType != DataType.Float32)
        {
            return false;
        }

        var inputs = rewriter.Inputs(node);
        return Try(rewriter, node, binary, inputs[0], inputs[1])
            || (binary.Function == BinaryFunction.Multiply && Try(rewriter, node, binary, inputs[1], inputs[0]));
    }

    private static bool Try(GraphRewriter rewriter, Node node, Binary binary, Value value, Value factor)
    {
        if (WeightedNode.Find(rewriter, value) is not { IsActivated: false, ScalesByChannel: true, Bias: { } bias } weighted
            || weighted.ReadChannels(factor) is not { } factors)
        {
            return false;
        }

        if (binary.Function == BinaryFunction.Divide)
        {
            factors = Array.ConvertAll(factors, factor => 1 / factor);
        }

        if (!factors.All(float.IsFinite))
        {
            return false;
        }

        for (var channel = 0; channel < factors.Length; channel++)
        {
            bias[channel] *= factors[channel];
        }

        weighted.Replace(rewriter, node, new ScaledConstantSource(weighted.Weights, factors), bias);
        return true;
    }
}
