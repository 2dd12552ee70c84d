using Pipeline.Inference.Kernels.Convolution;

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
    long MultiplyAdds);
