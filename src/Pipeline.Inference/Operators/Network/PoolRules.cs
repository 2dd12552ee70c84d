using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What pools have in common.</summary>
internal static class PoolRules
{
    public static TensorType Infer(OperatorInputs inputs, PictureWindow window)
    {
        inputs.RequireRank(0, 4);
        var picture = inputs[0].Shape.OrRank(4);
        var (height, width) = window.Count(inputs, picture[1], picture[2]);
        if (window.Padding.Mode == PaddingMode.Explicit
            && (Math.Max(window.Padding.Top, window.Padding.Bottom) >= window.Kernel.Height
                || Math.Max(window.Padding.Left, window.Padding.Right) >= window.Kernel.Width))
        {
            throw inputs.Invalid($"a padding is as large as the window {window.Kernel}, which would leave it empty.");
        }

        if (window.Padding.Mode == PaddingMode.Explicit && (picture[1] == 0 || picture[2] == 0))
        {
            throw inputs.Invalid($"{inputs[0]} has no cells, all of a window would be padding.");
        }

        return new TensorType(inputs[0].DataType, PartialShape.Of(picture[0], height, width, picture[3]));
    }
}
