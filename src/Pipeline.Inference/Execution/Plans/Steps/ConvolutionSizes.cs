using Pipeline.Inference.Kernels.Convolution;
using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>The numbers of a convolution step. Lengths are in floats.</summary>
/// <param name="Call">All but the pointers.</param>
/// <param name="InputStart">From the start of the input to the first tap of the first output pixel.</param>
/// <param name="OutputStart">From the start of the output to its first pixel.</param>
/// <param name="Panels">Panels of 16 outputs.</param>
internal sealed record ConvolutionSizes(
    ConvolutionCall Call,
    ConvolutionGeometry Geometry,
    nint[] TapOffsets,
    long InputStart,
    long OutputStart,
    int Pictures,
    long InputPictureStride,
    long OutputPictureStride,
    int Panels,
    long MultiplyAdds)
{
    /// <summary>Applied to the results behind the clamp; null: nothing is.</summary>
    public UnaryFunction? Function { get; init; }

    /// <summary>Taps of one row of the window, where taps are single pixels; else 0.</summary>
    public int TapsOfARow { get; init; }

    /// <summary>Whether a kernel's own epilogue does all that follows the sums.</summary>
    public bool IsHardSwish => Function == UnaryFunction.HardSwish && Call is { Low: float.NegativeInfinity, High: float.PositiveInfinity };
}
