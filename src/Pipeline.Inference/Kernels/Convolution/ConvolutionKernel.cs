namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>
/// The core of pointwise, dense and K x K convolutions: each output is bias + Σ over taps and channels of input · weight, then the residual is added and the epilogue
/// applied. No buffer is packed or padded here: the caller's halo holds the padding.
/// </summary>
internal static partial class ConvolutionKernel
{
}
