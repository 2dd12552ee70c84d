using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Zeros put around a picture are the padding of the convolution that reads it.</summary>
internal sealed class MergePad : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        var padding = node.Operator switch
        {
            Conv2D convolution => convolution.Padding,
            DepthwiseConv2D convolution => convolution.Padding,
            _ => Padding.Same,
        };
        if (padding.Mode == PaddingMode.Same || node.Outputs[0].DataType != DataType.Float32
            || rewriter.Producer(inputs[0]) is not { Operator: Pad { Mode: PadMode.Constant } } pad || Borders(pad) is not { } borders)
        {
            return false;
        }

        var merged = Padding.Explicit(
            padding.Top + borders[2], padding.Bottom + borders[3], padding.Left + borders[4], padding.Right + borders[5]);
        Operator merging = node.Operator switch
        {
            Conv2D convolution => convolution with { Padding = merged },
            var convolution => (DepthwiseConv2D)convolution with { Padding = merged },
        };
        rewriter.ReplaceWith(node, merging, [pad.Inputs[0], .. inputs[1..]]);
        return true;
    }

    /// <summary>Before and after of each of four dimensions, where only rows and columns are padded, with zeros.</summary>
    private static int[]? Borders(Node pad)
    {
        if (pad.Inputs[1].Constant is not { } constant || constant.Shape.ElementCount != 8
            || (pad.Inputs.Count > 2 && ChannelConstant.Read(pad.Inputs[2], 1, 0) is not [0f]))
        {
            return null;
        }

        var table = (Tensor)constant.Load();
        int[] borders = table.DataType == DataType.Int64
            ? [.. table.Elements<long>().ToArray().Select(border => checked((int)border))]
            : table.Elements<int>().ToArray();
        return borders is [0, 0, _, _, _, _, 0, 0] ? borders : null;
    }
}
