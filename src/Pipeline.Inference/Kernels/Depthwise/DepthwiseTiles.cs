using Pipeline.Inference.Kernels.Convolution;
using static Pipeline.Inference.Kernels.Convolution.KernelConstant;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <summary>The tiles of one depthwise convolution: for each number of pixels a kernel that does that many.</summary>
internal sealed unsafe class DepthwiseTiles
{
    // A tile of few pixels waits for its own sums: one a pixel at 512 bits, two at 256.
    private static readonly TileCut Cut512 = new([14, 8, 7, 5, 4, 2, 1], 5);
    private static readonly TileCut Cut256 = new([6, 5, 4, 2, 1], 4);
    private static readonly TileCut CutWide256 = new([7, 5, 4, 2, 1], 4);
    private static readonly TileCut CutPortable = new([1], 1);

    private readonly delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] _kernels;
    private readonly TileCut _cut;

    private DepthwiseTiles(TileCut cut, delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[] kernels)
    {
        _cut = cut;
        _kernels = kernels;
    }

    /// <param name="pixelStride">Of the input, in floats.</param>
    /// <param name="isWide3">Whether a row of the window is three taps, and they lie side by side.</param>
    public static DepthwiseTiles Select<TEpilogue>(KernelTier tier, int pixelStride, bool isWide3)
        where TEpilogue : struct, IEpilogue => pixelStride switch
        {
            16 when isWide3 && tier == KernelTier.Vector512 => Wide512<TEpilogue>(),
            16 when isWide3 && tier == KernelTier.Vector256 => Wide256<TEpilogue>(),
            16 => Select<TEpilogue, C16>(tier),
            32 => Select<TEpilogue, C32>(tier),
            _ => Select<TEpilogue, C0>(tier),
        };

    /// <summary>One row of one block of channels.</summary>
    /// <param name="width">Pixels.</param>
    public void RunRow(int width, int pixelStride, ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
    {
        while (width > 0)
        {
            var tile = _cut.Next(width);
            _kernels[tile](in call, input, weights, bias, output);
            width -= tile;
            input += tile * pixelStride;
            output += tile * 16;
        }
    }

    private static DepthwiseTiles Wide512<TEpilogue>()
        where TEpilogue : struct, IEpilogue
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        kernels[14] = &DepthwiseKernel.Run512Wide3<Tile<C14, C1, C16>, TEpilogue>;
        kernels[8] = &DepthwiseKernel.Run512Wide3<Tile<C8, C1, C16>, TEpilogue>;
        kernels[7] = &DepthwiseKernel.Run512Wide3<Tile<C7, C1, C16>, TEpilogue>;
        kernels[5] = &DepthwiseKernel.Run512Wide3<Tile<C5, C1, C16>, TEpilogue>;
        kernels[4] = &DepthwiseKernel.Run512Wide3<Tile<C4, C1, C16>, TEpilogue>;
        kernels[2] = &DepthwiseKernel.Run512Wide3<Tile<C2, C1, C16>, TEpilogue>;
        kernels[1] = &DepthwiseKernel.Run512Wide3<Tile<C1, C1, C16>, TEpilogue>;
        return new DepthwiseTiles(Cut512, kernels);
    }

    private static DepthwiseTiles Wide256<TEpilogue>()
        where TEpilogue : struct, IEpilogue
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[8];
        kernels[7] = &DepthwiseKernel.Run256Wide3<Tile<C7, C1, C16>, TEpilogue>;
        kernels[5] = &DepthwiseKernel.Run256Wide3<Tile<C5, C1, C16>, TEpilogue>;
        kernels[4] = &DepthwiseKernel.Run256Wide3<Tile<C4, C1, C16>, TEpilogue>;
        kernels[2] = &DepthwiseKernel.Run256Wide3<Tile<C2, C1, C16>, TEpilogue>;
        kernels[1] = &DepthwiseKernel.Run256Wide3<Tile<C1, C1, C16>, TEpilogue>;
        return new DepthwiseTiles(CutWide256, kernels);
    }

    private static DepthwiseTiles Select<TEpilogue, TStride>(KernelTier tier)
        where TEpilogue : struct, IEpilogue
        where TStride : struct, IKernelConstant
    {
        var kernels = new delegate*<ref readonly ConvolutionCall, float*, float*, float*, float*, void>[15];
        switch (tier)
        {
            case KernelTier.Vector512:
                kernels[14] = &DepthwiseKernel.Run512<Tile<C14, C1, TStride>, TEpilogue>;
                kernels[8] = &DepthwiseKernel.Run512<Tile<C8, C1, TStride>, TEpilogue>;
                kernels[7] = &DepthwiseKernel.Run512<Tile<C7, C1, TStride>, TEpilogue>;
                kernels[5] = &DepthwiseKernel.Run512<Tile<C5, C1, TStride>, TEpilogue>;
                kernels[4] = &DepthwiseKernel.Run512<Tile<C4, C1, TStride>, TEpilogue>;
                kernels[2] = &DepthwiseKernel.Run512<Tile<C2, C1, TStride>, TEpilogue>;
                kernels[1] = &DepthwiseKernel.Run512<Tile<C1, C1, TStride>, TEpilogue>;
                return new DepthwiseTiles(Cut512, kernels);
            case KernelTier.Vector256:
                kernels[6] = &DepthwiseKernel.Run256<Tile<C6, C1, TStride>, TEpilogue>;
                kernels[5] = &DepthwiseKernel.Run256<Tile<C5, C1, TStride>, TEpilogue>;
                kernels[4] = &DepthwiseKernel.Run256<Tile<C4, C1, TStride>, TEpilogue>;
                kernels[2] = &DepthwiseKernel.Run256<Tile<C2, C1, TStride>, TEpilogue>;
                kernels[1] = &DepthwiseKernel.Run256<Tile<C1, C1, TStride>, TEpilogue>;
                return new DepthwiseTiles(Cut256, kernels);
            default:
                kernels[1] = &DepthwiseKernel.RunPortable<Tile<C1, C1, TStride>, TEpilogue>;
                return new DepthwiseTiles(CutPortable, kernels);
        }
    }
}
