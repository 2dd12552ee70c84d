using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The window of a convolution or pool over NHWC pictures: what its attributes and a picture's size make of it.</summary>
internal readonly record struct PictureWindow(Extent2D Kernel, Extent2D Strides, Extent2D Dilations, Padding Padding)
{
    private WindowRule Rows => new(Kernel.Height, Strides.Height, Dilations.Height);

    private WindowRule Columns => new(Kernel.Width, Strides.Width, Dilations.Width);

    /// <summary>The size of the result; dimensions that are not known give unknown ones.</summary>
    /// <param name="height">The rows of the picture.</param>
    public (int Height, int Width) Count(OperatorInputs inputs, int height, int width)
    {
        foreach (var extent in (ReadOnlySpan<Extent2D>)[Kernel, Strides, Dilations])
        {
            if (extent.Height < 1 || extent.Width < 1)
            {
                throw inputs.Invalid($"kernel {Kernel}, strides {Strides}, dilations {Dilations} must all be 1 or more.");
            }
        }

        return (
            Rows.Count(inputs, height, Padding.Mode, Padding.Top, Padding.Bottom),
            Columns.Count(inputs, width, Padding.Mode, Padding.Left, Padding.Right));
    }

    /// <summary>Where the first window begins, as rows above and columns left of the picture.</summary>
    public (int Top, int Left) Border(Shape picture, Shape result) => (
        Rows.Before(picture[1], result[1], Padding.Mode, Padding.Top),
        Columns.Before(picture[2], result[2], Padding.Mode, Padding.Left));
}
