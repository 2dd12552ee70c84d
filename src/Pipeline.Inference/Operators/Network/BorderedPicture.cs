using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A picture with the zeros around it that a window needs, so that kernels need not look for borders.</summary>
internal static class BorderedPicture
{
    /// <returns>The picture itself where the window stays inside.</returns>
    public static Tensor Of(Tensor picture, PictureWindow window, Shape result, EvaluationContext context)
    {
        var shape = picture.Shape;
        var (top, left) = window.Border(shape, result);
        var height = Math.Max(shape[1] + top, Reach(window.Kernel.Height, window.Strides.Height, window.Dilations.Height, result[1]));
        var width = Math.Max(shape[2] + left, Reach(window.Kernel.Width, window.Strides.Width, window.Dilations.Width, result[2]));
        if (height == shape[1] && width == shape[2])
        {
            return picture;
        }

        var bordered = context.AllocateZeros(picture.DataType, Shape.Of(shape[0], height, width, shape[3]));
        var strides = StridedCopy.StridesOf(bordered.Shape);
        StridedCopy.Run(picture, 0, StridedCopy.StridesOf(shape), bordered, (top * strides[1]) + (left * strides[2]), strides, shape.Dimensions);
        return bordered;
    }

    private static int Reach(int kernel, int stride, int dilation, int count) =>
        checked(((count - 1) * stride) + ((kernel - 1) * dilation) + 1);
}
