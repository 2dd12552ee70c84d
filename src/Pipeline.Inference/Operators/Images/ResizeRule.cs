using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>What all ways of resizing pictures have in common.</summary>
internal static class ResizeRule
{
    /// <summary>The pictures' shape with the size that the second input gives.</summary>
    public static PartialShape Infer(OperatorInputs inputs)
    {
        inputs.RequireRank(0, 4);
        inputs.Unify(inputs.KnownLength(1), 2, "the length of the size");
        var pictures = inputs[0].Shape.OrRank(4);
        var size = inputs.KnownIntegers(1);
        if (size is not null && (size[0] < 1 || size[1] < 1))
        {
            throw inputs.Invalid($"the size is {size[0]} x {size[1]}, it must be 1 or more.");
        }

        if (pictures[1] == 0 || pictures[2] == 0)
        {
            throw inputs.Invalid($"{inputs[0]} has no pixels to resample.");
        }

        return PartialShape.Of(
            pictures[0],
            size is null ? PartialShape.UnknownDimension : inputs.Dimension(size[0]),
            size is null ? PartialShape.UnknownDimension : inputs.Dimension(size[1]),
            pictures[3]);
    }

    /// <summary>How far apart neighbours of the result are in the source.</summary>
    public static float Scale(SamplingGrid grid, int source, int result) =>
        grid == SamplingGrid.AlignCorners && result > 1 ? (source - 1) / (float)(result - 1) : source / (float)result;
}
