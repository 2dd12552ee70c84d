namespace Pipeline.Inference.Kernels.Depthwise;

/// <summary>
/// Depthwise convolution of one block of 16 channels: each output is bias + Σ over taps of input · weight, then the epilogue. The tap offsets carry kernel size and dilation;
/// the caller's halo holds the padding. Weights are [tap][16].
/// </summary>
internal static partial class DepthwiseKernel
{
}
