namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>The size of a convolution's register tile, known when the kernel is compiled.</summary>
internal interface IConvolutionTile
{
    /// <summary>Output pixels of one call: 1 to 14 at 512 bits, 1 to 6 at 256 bits.</summary>
    static abstract int Pixels { get; }

    /// <summary>Panels of 16 output channels of one call: 1 or 2. At 256 bits 2 with at most 3 pixels.</summary>
    static abstract int Panels { get; }

    /// <summary>Floats from the input of one output pixel to the input of the next, or 0: <see cref="ConvolutionCall.PixelStride"/> says.</summary>
    static abstract int PixelStride { get; }
}
