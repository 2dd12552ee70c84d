using static Pipeline.Inference.Kernels.Convolution.KernelConstant;

namespace Pipeline.Inference.Kernels.Convolution;

/// <summary>The tiles of one convolution: for each number of pixels a kernel that does that many.</summary>
/// <remarks>All tiles add in the same order, so which of them computes a pixel does not change its bits.</remarks>
internal sealed unsafe class ConvolutionTiles
{
    // Eight sums hide the time that an addition takes; a tile at 512 bits has two a pixel, and so have pairs of panels of few pixels at 256 bits.
    private static readonly TileCut Cut512 = new([14, 8, 7, 5, 4, 3, 2, 1], 3);
    private static readonly TileCut Cut256 = new([6, 5, 4, 3, 2, 1], 2);
    private static readonly TileCut CutPortable = new([14, 1], 1);

    private readonly delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] _kernels;
    private readonly int _pairedPixels;

    private ConvolutionTiles(TileCut cut, int pairedPixels, delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] kernels)
    {
        Cut = cut;
        _pairedPixels = pairedPixels;
        _kernels = kernels;
    }

    /// <summary>How rows are cut.</summary>
    public TileCut Cut { get; }

    /// <summary>The most panels of 16 outputs that a call does.</summary>
    public int MostPanels => _pairedPixels > 0 ? 2 : 1;

    /// <param name="paired">Whether tiles may do two panels at a time.</param>
    /// <param name="pixelStride">Of the input, in floats.</param>
    public static ConvolutionTiles Select<TEpilogue>(KernelTier tier, bool paired, int pixelStride)
        where TEpilogue : struct, IEpilogue => pixelStride switch
        {
            16 => Select<TEpilogue, C16>(tier, paired),
            32 => Select<TEpilogue, C32>(tier, paired),
            _ => Select<TEpilogue, C0>(tier, paired),
        };

    /// <summary>How many panels of 16 outputs a tile does.</summary>
    public int Panels(int width) => width <= _pairedPixels ? 2 : 1;

    public void Run(int width, ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output) =>
        _kernels[width](in call, input, weights, bias, output);

    private static ConvolutionTiles Select<TEpilogue, TStride>(KernelTier tier, bool paired)
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant => tier switch
        {
            KernelTier.Vector512 when paired => Tiles512<TEpilogue, TStride, C2>(),
            KernelTier.Vector512 => Tiles512<TEpilogue, TStride, C1>(),
            KernelTier.Vector256 => Tiles256<TEpilogue, TStride>(paired),
            _ => TilesPortable<TEpilogue, TStride>(),
        };

    private static ConvolutionTiles Tiles512<TEpilogue, TStride, TPanels>()
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
        where TPanels : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        kernels[14] = &ConvolutionKernel.Run512<Tile<C14, TPanels, TStride>, TEpilogue>;
        kernels[8] = &ConvolutionKernel.Run512<Tile<C8, TPanels, TStride>, TEpilogue>;
        kernels[7] = &ConvolutionKernel.Run512<Tile<C7, TPanels, TStride>, TEpilogue>;
        kernels[5] = &ConvolutionKernel.Run512<Tile<C5, TPanels, TStride>, TEpilogue>;
        kernels[4] = &ConvolutionKernel.Run512<Tile<C4, TPanels, TStride>, TEpilogue>;
        kernels[3] = &ConvolutionKernel.Run512<Tile<C3, TPanels, TStride>, TEpilogue>;
        kernels[2] = &ConvolutionKernel.Run512<Tile<C2, TPanels, TStride>, TEpilogue>;
        kernels[1] = &ConvolutionKernel.Run512<Tile<C1, TPanels, TStride>, TEpilogue>;
        return new ConvolutionTiles(Cut512, TPanels.Value > 1 ? 14 : 0, kernels);
    }

    private static ConvolutionTiles Tiles256<TEpilogue, TStride>(bool paired)
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[7];
        kernels[6] = &ConvolutionKernel.Run256<Tile<C6, C1, TStride>, TEpilogue>;
        kernels[5] = &ConvolutionKernel.Run256<Tile<C5, C1, TStride>, TEpilogue>;
        kernels[4] = &ConvolutionKernel.Run256<Tile<C4, C1, TStride>, TEpilogue>;
        kernels[3] = paired ? &ConvolutionKernel.Run256Pairs<Tile<C3, C2, TStride>, TEpilogue> : &ConvolutionKernel.Run256<Tile<C3, C1, TStride>, TEpilogue>;
        kernels[2] = paired ? &ConvolutionKernel.Run256Pairs<Tile<C2, C2, TStride>, TEpilogue> : &ConvolutionKernel.Run256<Tile<C2, C1, TStride>, TEpilogue>;
        kernels[1] = paired ? &ConvolutionKernel.Run256Pairs<Tile<C1, C2, TStride>, TEpilogue> : &ConvolutionKernel.Run256<Tile<C1, C1, TStride>, TEpilogue>;
        return new ConvolutionTiles(Cut256, paired ? 3 : 0, kernels);
    }

    private static ConvolutionTiles TilesPortable<TEpilogue, TStride>()
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        kernels[14] = &ConvolutionKernel.RunPortable<Tile<C14, C1, TStride>, TEpilogue>;
        kernels[1] = &ConvolutionKernel.RunPortable<Tile<C1, C1, TStride>, TEpilogue>;
        return new ConvolutionTiles(CutPortable, 0, kernels);
    }
}
