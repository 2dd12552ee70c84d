using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What full and depthwise convolutions have in common.</summary>
internal static class ConvolutionRules
{
    /// <summary>Checks the optional third input against the number of channels it is added to, where that is known.</summary>
    public static void CheckBias(OperatorInputs inputs, int channels)
    {
        if (inputs.Count < 3)
        {
            return;
        }

        inputs.RequireSameType(2);
        inputs.RequireRank(2, 1);
        if (inputs[2].Shape.HasRank)
        {
            inputs.Unify(inputs[2].Shape[0], channels, "the number of channels");
        }
    }

    /// <summary>The size of the result, unknown where the filter's is.</summary>
    public static (int Height, int Width) Count(OperatorInputs inputs, PictureWindow window, PartialShape picture) =>
        window.Kernel is { Height: PartialShape.UnknownDimension } or { Width: PartialShape.UnknownDimension }
            ? (PartialShape.UnknownDimension, PartialShape.UnknownDimension)
            : window.Count(inputs, picture[1], picture[2]);
}
