namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>Where the pixels of a convolution lie. Lengths are in elements.</summary>
/// <param name="Rows">Output rows; where neither side has a halo and the window is one pixel, a picture is one long row.</param>
/// <param name="Width">Output pixels of a row.</param>
/// <param name="InputRowStride">From the input of one output row to the input of the next.</param>
/// <param name="InputPixelStride">From the input of one output pixel to the input of the next.</param>
/// <param name="OutputRowStride">From one output row to the next.</param>
internal readonly record struct ConvolutionGeometry(int Rows, int Width, nint InputRowStride, int InputPixelStride, nint OutputRowStride);
