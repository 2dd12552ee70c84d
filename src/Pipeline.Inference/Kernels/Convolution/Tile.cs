namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>A tile put together from three numbers.</summary>
internal readonly struct Tile<TPixels, TPanels, TStride> : IConvolutionTile
    where TPixels : struct, IKernelConstant
    where TPanels : struct, IKernelConstant
    where TStride : struct, IKernelConstant
{
    public static int Pixels => TPixels.Value;

    public static int Panels => TPanels.Value;

    public static int PixelStride => TStride.Value;
}
