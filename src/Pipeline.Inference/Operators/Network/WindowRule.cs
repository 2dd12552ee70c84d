using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>How a window of taps moves along one dimension of a picture: how often it fits, and how much border that takes.</summary>
internal readonly record struct WindowRule(int Kernel, int Stride, int Dilation)
{
    /// <summary>From the first tap to the last.</summary>
    private long Reach => ((long)(Kernel - 1) * Dilation) + 1;

    /// <summary>How many places the window has, <see cref="PartialShape.UnknownDimension"/> where the input's size is not known.</summary>
    public int Count(OperatorInputs inputs, int size, PaddingMode mode, int before, int after)
    {
        if (size == PartialShape.UnknownDimension)
        {
            return size;
        }

        if (mode == PaddingMode.Same)
        {
            return (int)(((long)size + Stride - 1) / Stride);
        }

        var padded = mode == PaddingMode.Explicit ? (long)size + before + after : size;
        var count = (padded - Reach + Stride) / Stride;
        return count >= 0 ? inputs.Dimension(count) : throw inputs.Invalid($"a window of {Reach} does not fit into {padded}.");
    }

    /// <summary>The border before the first element. Of an odd border, the smaller half comes before.</summary>
    public int Before(int size, int count, PaddingMode mode, int before) => mode switch
    {
        PaddingMode.Valid => 0,
        PaddingMode.Explicit => before,
        _ => (int)(Math.Max(((long)(count - 1) * Stride) + Reach - size, 0) / 2),
    };
}
