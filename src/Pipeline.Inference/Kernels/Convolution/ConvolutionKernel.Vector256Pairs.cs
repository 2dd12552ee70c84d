using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels.Convolution;

/// <content>256 bits: a tile of at most 3 pixels by 32 outputs, so that few pixels keep as many sums going as many do.</content>
internal static partial class ConvolutionKernel
{
    /// <summary>One tile. c0…c2 and d0…d2 are the pixels' outputs 0 to 15, e0…e2 and f0…f2 the outputs 16 to 31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run256Pairs<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        var panel = call.PanelStride;
        Vector256<float> c0 = Vector256.Load(bias), d0 = Vector256.Load(bias + 8), e0 = Vector256.Load(bias + 16), f0 = Vector256.Load(bias + 24);
        Vector256<float> c1 = c0, d1 = d0, e1 = e0, f1 = f0;
        Vector256<float> c2 = c0, d2 = d0, e2 = e0, f2 = f0;
        for (nint tap = 0; tap < call.Taps; tap++)
        {
            var block = input + call.TapOffsets[tap];
            for (var left = call.Channels; left > 0; left -= call.BlockChannels)
            {
                var pixel = block;
                var end = block + (left < call.BlockChannels ? left : call.BlockChannels);
                do
                {
                    var x = Vector256.Create(*pixel);
                    var y = TTile.Pixels > 1 ? Vector256.Create(pixel[stride]) : x;
                    var z = TTile.Pixels > 2 ? Vector256.Create(pixel[2 * stride]) : x;
                    var w = Vector256.Load(weights);
                    c0 = Fma.MultiplyAdd(x, w, c0);
                    if (TTile.Pixels > 1)
                    {
                        c1 = Fma.MultiplyAdd(y, w, c1);
                    }

                    if (TTile.Pixels > 2)
                    {
                        c2 = Fma.MultiplyAdd(z, w, c2);
                    }

                    w = Vector256.Load(weights + 8);
                    d0 = Fma.MultiplyAdd(x, w, d0);
                    if (TTile.Pixels > 1)
                    {
                        d1 = Fma.MultiplyAdd(y, w, d1);
                    }

                    if (TTile.Pixels > 2)
                    {
                        d2 = Fma.MultiplyAdd(z, w, d2);
                    }

                    w = Vector256.Load(weights + panel);
                    e0 = Fma.MultiplyAdd(x, w, e0);
                    if (TTile.Pixels > 1)
                    {
                        e1 = Fma.MultiplyAdd(y, w, e1);
                    }

                    if (TTile.Pixels > 2)
                    {
                        e2 = Fma.MultiplyAdd(z, w, e2);
                    }

                    w = Vector256.Load(weights + panel + 8);
                    f0 = Fma.MultiplyAdd(x, w, f0);
                    if (TTile.Pixels > 1)
                    {
                        f1 = Fma.MultiplyAdd(y, w, f1);
                    }

                    if (TTile.Pixels > 2)
                    {
                        f2 = Fma.MultiplyAdd(z, w, f2);
                    }

                    weights += 16;
                    pixel++;
                }
                while (pixel < end);
                block += call.InputBlockStride;
            }
        }

        Store256<TEpilogue>(in call, output, c0, d0);
        Store256<TEpilogue>(in call, output + call.OutputBlockStride, e0, f0);
        if (TTile.Pixels > 1)
        {
            Store256<TEpilogue>(in call, output + 16, c1, d1);
            Store256<TEpilogue>(in call, output + 16 + call.OutputBlockStride, e1, f1);
        }

        if (TTile.Pixels > 2)
        {
            Store256<TEpilogue>(in call, output + 32, c2, d2);
            Store256<TEpilogue>(in call, output + 32 + call.OutputBlockStride, e2, f2);
        }
    }
}
