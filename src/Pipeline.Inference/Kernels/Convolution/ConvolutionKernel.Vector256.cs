using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels.Convolution;

/// <content>256 bits: a tile of at most 6 pixels by 16 outputs stays in 12 registers.</content>
internal static partial class ConvolutionKernel
{
    /// <summary>One tile. c0…c5 are the pixels' outputs 0 to 7, d0…d5 the outputs 8 to 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run256<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        Vector256<float> c0 = Vector256.Load(bias), d0 = Vector256.Load(bias + 8);
        Vector256<float> c1 = c0, d1 = d0;
        Vector256<float> c2 = c0, d2 = d0;
        Vector256<float> c3 = c0, d3 = d0;
        Vector256<float> c4 = c0, d4 = d0;
        Vector256<float> c5 = c0, d5 = d0;
        for (nint tap = 0; tap < call.Taps; tap++)
        {
            var block = input + call.TapOffsets[tap];
            for (var left = call.Channels; left > 0; left -= call.BlockChannels)
            {
                var pixel = block;
                var end = block + (left < call.BlockChannels ? left : call.BlockChannels);
                do
                {
                    var w = Vector256.Load(weights);
                    var v = Vector256.Load(weights + 8);
                    weights += 16;
                    var x = Vector256.Create(*pixel);
                    c0 = Fma.MultiplyAdd(x, w, c0);
                    d0 = Fma.MultiplyAdd(x, v, d0);
                    if (TTile.Pixels > 1)
                    {
                        x = Vector256.Create(pixel[stride]);
                        c1 = Fma.MultiplyAdd(x, w, c1);
                        d1 = Fma.MultiplyAdd(x, v, d1);
                    }

                    if (TTile.Pixels > 2)
                    {
                        x = Vector256.Create(pixel[2 * stride]);
                        c2 = Fma.MultiplyAdd(x, w, c2);
                        d2 = Fma.MultiplyAdd(x, v, d2);
                    }

                    if (TTile.Pixels > 3)
                    {
                        x = Vector256.Create(pixel[3 * stride]);
                        c3 = Fma.MultiplyAdd(x, w, c3);
                        d3 = Fma.MultiplyAdd(x, v, d3);
                    }

                    if (TTile.Pixels > 4)
                    {
                        x = Vector256.Create(pixel[4 * stride]);
                        c4 = Fma.MultiplyAdd(x, w, c4);
                        d4 = Fma.MultiplyAdd(x, v, d4);
                    }

                    if (TTile.Pixels > 5)
                    {
                        x = Vector256.Create(pixel[5 * stride]);
                        c5 = Fma.MultiplyAdd(x, w, c5);
                        d5 = Fma.MultiplyAdd(x, v, d5);
                    }

                    pixel++;
                }
                while (pixel < end);
                block += call.InputBlockStride;
            }
        }

        Store256<TEpilogue>(in call, output, c0, d0);
        if (TTile.Pixels > 1)
        {
            Store256<TEpilogue>(in call, output + 16, c1, d1);
        }

        if (TTile.Pixels > 2)
        {
            Store256<TEpilogue>(in call, output + 32, c2, d2);
        }

        if (TTile.Pixels > 3)
        {
            Store256<TEpilogue>(in call, output + 48, c3, d3);
        }

        if (TTile.Pixels > 4)
        {
            Store256<TEpilogue>(in call, output + 64, c4, d4);
        }

        if (TTile.Pixels > 5)
        {
            Store256<TEpilogue>(in call, output + 80, c5, d5);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store256<TEpilogue>(ref readonly ConvolutionCall call, float* output, Vector256<float> first, Vector256<float> second)
        where TEpilogue : struct, IEpilogue
    {
        var low = Vector256.Create(call.Low);
        var high = Vector256.Create(call.High);
        if (call.HasResidual)
        {
            first += Vector256.Load(output + call.ResidualOffset);
            second += Vector256.Load(output + call.ResidualOffset + 8);
        }

        TEpilogue.Apply(first, low, high).Store(output);
        TEpilogue.Apply(second, low, high).Store(output + 8);
    }
}
