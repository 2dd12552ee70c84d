using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>
/// Zeros put around a picture are the padding of the convolution that reads it. Numbers put around one that holds no smaller ones never win in a pool of the largest,
/// so they are its padding.
/// </summary>
internal sealed class MergePad : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        var padding = node.Operator switch
        {
            Conv2D convolution => convolution.Padding,
            DepthwiseConv2D convolution => convolution.Padding,
            MaxPool2D pool => pool.Padding,
            _ => Padding.Same,
        };
        if (padding.Mode == PaddingMode.Same || node.Outputs[0].DataType != DataType.Float32
            || rewriter.Producer(inputs[0]) is not { Operator: Pad { Mode: PadMode.Constant } } pad || Borders(pad) is not { } borders
            || Merge(rewriter, node.Operator, pad, Sum(padding, borders)) is not { } merged)
        {
            return false;
        }

        rewriter.ReplaceWith(node, merged, [pad.Inputs[0], .. inputs[1..]]);
        return true;
    }

    /// <summary>The operator with this padding, or null where the numbers put around would count.</summary>
    private static Operator? Merge(GraphRewriter rewriter, Operator reader, Node pad, Padding padding)
    {
        var number = pad.Inputs.Count < 3 ? 0 : ChannelConstant.Read(pad.Inputs[2], 1, 0) is [var found] ? found : float.NaN;
        return reader switch
        {
            Conv2D convolution when number == 0 => convolution with { Padding = padding },
            DepthwiseConv2D convolution when number == 0 => convolution with { Padding = padding },
            MaxPool2D pool when number <= Least(rewriter, pad.Inputs[0]) && Fits(pool.Kernel, padding) => pool with { Padding = padding },
            _ => null,
        };
    }

    private static Padding Sum(Padding padding, int[] borders) => Padding.Explicit(
        checked(padding.Top + borders[2]), checked(padding.Bottom + borders[3]), checked(padding.Left + borders[4]), checked(padding.Right + borders[5]));

    /// <summary>Each window of a pool holds at least one cell of the picture.</summary>
    private static bool Fits(Extent2D kernel, Padding padding) =>
        Math.Max(padding.Top, padding.Bottom) < kernel.Height && Math.Max(padding.Left, padding.Right) < kernel.Width;

    /// <summary>A number that no element of a value is below.</summary>
    private static float Least(GraphRewriter rewriter, Value value) => rewriter.Producer(value)?.Operator switch
    {
        Conv2D { Function: null } convolution => convolution.Activation.Low,
        DepthwiseConv2D { Function: null } convolution => convolution.Activation.Low,
        FusedConvolution { Convolution.Function: null } fused => fused.Convolution.Activation.Low,
        Clamp clamp => clamp.Range.Low,
        _ => float.NegativeInfinity,
    };

    /// <summary>Before and after of each of four dimensions, where only rows and columns are padded.</summary>
    private static int[]? Borders(Node pad)
    {
        if (pad.Inputs[1].Constant is not { } constant || constant.Shape.ElementCount != 8)
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
