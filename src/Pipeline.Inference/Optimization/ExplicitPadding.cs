using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>Once the size of a picture is known, SAME is a number of zeros on each side.</summary>
internal sealed class ExplicitPadding : RewritePass
{
    protected override bool TryRewrite(GraphRewriter rewriter, Node node)
    {
        var inputs = rewriter.Inputs(node);
        if (node.Operator is not (Conv2D { Padding.Mode: PaddingMode.Same } or DepthwiseConv2D { Padding.Mode: PaddingMode.Same })
            || !inputs[0].Shape.TryGetShape(out var picture) || !inputs[1].Shape.TryGetShape(out var filter))
        {
            return false;
        }

        switch (node.Operator)
        {
            case Conv2D convolution:
                rewriter.ReplaceWith(node, convolution with { Padding = Explicit(picture, filter, convolution.Strides, convolution.Dilations) }, inputs);
                break;
            case DepthwiseConv2D convolution:
                rewriter.ReplaceWith(node, convolution with { Padding = Explicit(picture, filter, convolution.Strides, convolution.Dilations) }, inputs);
                break;
        }

        return true;
    }

    private static Padding Explicit(Shape picture, Shape filter, Extent2D strides, Extent2D dilations)
    {
        var (top, bottom) = Total(picture[1], filter[0], strides.Height, dilations.Height);
        var (left, right) = Total(picture[2], filter[1], strides.Width, dilations.Width);
        return Padding.Explicit(top, bottom, left, right);
    }

    // The odd zero goes below and to the right.
    private static (int Before, int After) Total(int size, int kernel, int stride, int dilation)
    {
        var count = (size + stride - 1) / stride;
        var total = Math.Max(((count - 1) * stride) + ((kernel - 1) * dilation) + 1 - size, 0);
        return (total / 2, total - (total / 2));
    }
}
