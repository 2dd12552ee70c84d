using static Pipeline.Inference.Kernels.Convolution.KernelConstant;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>The tiles of one convolution: for each number of pixels a kernel that does that many.</summary>
/// <remarks>All tiles add in the same order, so which of them computes a pixel does not change its bits.</remarks>
internal sealed unsafe class ConvolutionTiles
{
    private static readonly int[] Widths512 = [14, 7, 4, 2, 1];
    private static readonly int[] Widths256 = [6, 4, 2, 1];
    private static readonly int[] WidthsPortable = [14, 1];

    private readonly delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] _kernels;

    private ConvolutionTiles(int[] widths, int panels, delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] kernels)
    {
        Widths = widths;
        Panels = panels;
        _kernels = kernels;
    }

    /// <summary>Pixels that the tiles do, widest first; the last is 1.</summary>
    public ReadOnlyMemory<int> Widths { get; }

    /// <summary>Panels of 16 outputs that a call does.</summary>
    public int Panels { get; }

    /// <param name="panels">1 or 2; a tier that does one at a time ignores it.</param>
    /// <param name="pixelStride">Of the input, in floats.</param>
    public static ConvolutionTiles Select<TEpilogue>(KernelTier tier, int panels, int pixelStride)
        where TEpilogue : struct, IEpilogue => pixelStride switch
        {
            16 => Select<TEpilogue, C16>(tier, panels),
            32 => Select<TEpilogue, C32>(tier, panels),
            _ => Select<TEpilogue, C0>(tier, panels),
        };

    public void Run(int width, ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output) =>
        _kernels[width](in call, input, weights, bias, output);

    private static ConvolutionTiles Select<TEpilogue, TStride>(KernelTier tier, int panels)
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant => tier switch
        {
            KernelTier.Vector512 when panels > 1 => Tiles512<TEpilogue, TStride, C2>(),
            KernelTier.Vector512 => Tiles512<TEpilogue, TStride, C1>(),
            KernelTier.Vector256 => Tiles256<TEpilogue, TStride>(),
            _ => TilesPortable<TEpilogue, TStride>(),
        };

    private static ConvolutionTiles Tiles512<TEpilogue, TStride, TPanels>()
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
        where TPanels : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        kernels[14] = &ConvolutionKernel.Run512<Tile<C14, TPanels, TStride>, TEpilogue>;
        kernels[7] = &ConvolutionKernel.Run512<Tile<C7, TPanels, TStride>, TEpilogue>;
        kernels[4] = &ConvolutionKernel.Run512<Tile<C4, TPanels, TStride>, TEpilogue>;
        kernels[2] = &ConvolutionKernel.Run512<Tile<C2, TPanels, TStride>, TEpilogue>;
        kernels[1] = &ConvolutionKernel.Run512<Tile<C1, TPanels, TStride>, TEpilogue>;
        return new ConvolutionTiles(Widths512, TPanels.Value, kernels);
    }

    private static ConvolutionTiles Tiles256<TEpilogue, TStride>()
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[7];
        kernels[6] = &ConvolutionKernel.Run256<Tile<C6, C1, TStride>, TEpilogue>;
        kernels[4] = &ConvolutionKernel.Run256<Tile<C4, C1, TStride>, TEpilogue>;
        kernels[2] = &ConvolutionKernel.Run256<Tile<C2, C1, TStride>, TEpilogue>;
        kernels[1] = &ConvolutionKernel.Run256<Tile<C1, C1, TStride>, TEpilogue>;
        return new ConvolutionTiles(Widths256, 1, kernels);
    }

    private static ConvolutionTiles TilesPortable<TEpilogue, TStride>()
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        kernels[14] = &ConvolutionKernel.RunPortable<Tile<C14, C1, TStride>, TEpilogue>;
        kernels[1] = &ConvolutionKernel.RunPortable<Tile<C1, C1, TStride>, TEpilogue>;
        return new ConvolutionTiles(WidthsPortable, 1, kernels);
    }
}
