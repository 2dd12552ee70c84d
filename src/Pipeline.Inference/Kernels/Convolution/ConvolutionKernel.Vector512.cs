using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels.Convolution;

/// <content>512 bits: a tile of at most 14 pixels by 32 outputs stays in 28 registers; each weight vector is loaded once for all pixels.</content>
internal static partial class ConvolutionKernel
{
    /// <summary>One tile. c0…c13 are the pixels' first 16 outputs, d0…d13 the second; the conditions on the tile's size are folded by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run512<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        var panel = call.PanelStride;
        Vector512<float> c0 = Vector512.Load(bias), d0 = TTile.Panels > 1 ? Vector512.Load(bias + 16) : c0;
        Vector512<float> c1 = c0, d1 = d0;
        Vector512<float> c2 = c0, d2 = d0;
        Vector512<float> c3 = c0, d3 = d0;
        Vector512<float> c4 = c0, d4 = d0;
        Vector512<float> c5 = c0, d5 = d0;
        Vector512<float> c6 = c0, d6 = d0;
        Vector512<float> c7 = c0, d7 = d0;
        Vector512<float> c8 = c0, d8 = d0;
        Vector512<float> c9 = c0, d9 = d0;
        Vector512<float> c10 = c0, d10 = d0;
        Vector512<float> c11 = c0, d11 = d0;
        Vector512<float> c12 = c0, d12 = d0;
        Vector512<float> c13 = c0, d13 = d0;
        for (nint tap = 0; tap < call.Taps; tap++)
        {
            var block = input + call.TapOffsets[tap];
            for (var left = call.Channels; left > 0; left -= call.BlockChannels)
            {
                var pixel = block;
                var end = block + (left < call.BlockChannels ? left : call.BlockChannels);
                do
                {
                    var w = Vector512.Load(weights);
                    var v = TTile.Panels > 1 ? Vector512.Load(weights + panel) : w;
                    weights += 16;
                    var x = Vector512.Create(*pixel);
                    c0 = Avx512F.FusedMultiplyAdd(x, w, c0);
                    if (TTile.Panels > 1)
                    {
                        d0 = Avx512F.FusedMultiplyAdd(x, v, d0);
                    }

                    if (TTile.Pixels > 1)
                    {
                        x = Vector512.Create(pixel[stride]);
                        c1 = Avx512F.FusedMultiplyAdd(x, w, c1);
                        if (TTile.Panels > 1)
                        {
                            d1 = Avx512F.FusedMultiplyAdd(x, v, d1);
                        }
                    }

                    if (TTile.Pixels > 2)
                    {
                        x = Vector512.Create(pixel[2 * stride]);
                        c2 = Avx512F.FusedMultiplyAdd(x, w, c2);
                        if (TTile.Panels > 1)
                        {
                            d2 = Avx512F.FusedMultiplyAdd(x, v, d2);
                        }
                    }

                    if (TTile.Pixels > 3)
                    {
                        x = Vector512.Create(pixel[3 * stride]);
                        c3 = Avx512F.FusedMultiplyAdd(x, w, c3);
                        if (TTile.Panels > 1)
                        {
                            d3 = Avx512F.FusedMultiplyAdd(x, v, d3);
                        }
                    }

                    if (TTile.Pixels > 4)
                    {
                        x = Vector512.Create(pixel[4 * stride]);
                        c4 = Avx512F.FusedMultiplyAdd(x, w, c4);
                        if (TTile.Panels > 1)
                        {
                            d4 = Avx512F.FusedMultiplyAdd(x, v, d4);
                        }
                    }

                    if (TTile.Pixels > 5)
                    {
                        x = Vector512.Create(pixel[5 * stride]);
                        c5 = Avx512F.FusedMultiplyAdd(x, w, c5);
                        if (TTile.Panels > 1)
                        {
                            d5 = Avx512F.FusedMultiplyAdd(x, v, d5);
                        }
                    }

                    if (TTile.Pixels > 6)
                    {
                        x = Vector512.Create(pixel[6 * stride]);
                        c6 = Avx512F.FusedMultiplyAdd(x, w, c6);
                        if (TTile.Panels > 1)
                        {
                            d6 = Avx512F.FusedMultiplyAdd(x, v, d6);
                        }
                    }

                    if (TTile.Pixels > 7)
                    {
                        x = Vector512.Create(pixel[7 * stride]);
                        c7 = Avx512F.FusedMultiplyAdd(x, w, c7);
                        if (TTile.Panels > 1)
                        {
                            d7 = Avx512F.FusedMultiplyAdd(x, v, d7);
                        }
                    }

                    if (TTile.Pixels > 8)
                    {
                        x = Vector512.Create(pixel[8 * stride]);
                        c8 = Avx512F.FusedMultiplyAdd(x, w, c8);
                        if (TTile.Panels > 1)
                        {
                            d8 = Avx512F.FusedMultiplyAdd(x, v, d8);
                        }
                    }

                    if (TTile.Pixels > 9)
                    {
                        x = Vector512.Create(pixel[9 * stride]);
                        c9 = Avx512F.FusedMultiplyAdd(x, w, c9);
                        if (TTile.Panels > 1)
                        {
                            d9 = Avx512F.FusedMultiplyAdd(x, v, d9);
                        }
                    }

                    if (TTile.Pixels > 10)
                    {
                        x = Vector512.Create(pixel[10 * stride]);
                        c10 = Avx512F.FusedMultiplyAdd(x, w, c10);
                        if (TTile.Panels > 1)
                        {
                            d10 = Avx512F.FusedMultiplyAdd(x, v, d10);
                        }
                    }

                    if (TTile.Pixels > 11)
                    {
                        x = Vector512.Create(pixel[11 * stride]);
                        c11 = Avx512F.FusedMultiplyAdd(x, w, c11);
                        if (TTile.Panels > 1)
                        {
                            d11 = Avx512F.FusedMultiplyAdd(x, v, d11);
                        }
                    }

                    if (TTile.Pixels > 12)
                    {
                        x = Vector512.Create(pixel[12 * stride]);
                        c12 = Avx512F.FusedMultiplyAdd(x, w, c12);
                        if (TTile.Panels > 1)
                        {
                            d12 = Avx512F.FusedMultiplyAdd(x, v, d12);
                        }
                    }

                    if (TTile.Pixels > 13)
                    {
                        x = Vector512.Create(pixel[13 * stride]);
                        c13 = Avx512F.FusedMultiplyAdd(x, w, c13);
                        if (TTile.Panels > 1)
                        {
                            d13 = Avx512F.FusedMultiplyAdd(x, v, d13);
                        }
                    }

                    pixel++;
                }
                while (pixel < end);
                block += call.InputBlockStride;
            }
        }

        Store512<TTile, TEpilogue>(in call, output, c0, d0);
        if (TTile.Pixels > 1)
        {
            Store512<TTile, TEpilogue>(in call, output + 16, c1, d1);
        }

        if (TTile.Pixels > 2)
        {
            Store512<TTile, TEpilogue>(in call, output + 32, c2, d2);
        }

        if (TTile.Pixels > 3)
        {
            Store512<TTile, TEpilogue>(in call, output + 48, c3, d3);
        }

        if (TTile.Pixels > 4)
        {
            Store512<TTile, TEpilogue>(in call, output + 64, c4, d4);
        }

        if (TTile.Pixels > 5)
        {
            Store512<TTile, TEpilogue>(in call, output + 80, c5, d5);
        }

        if (TTile.Pixels > 6)
        {
            Store512<TTile, TEpilogue>(in call, output + 96, c6, d6);
        }

        if (TTile.Pixels > 7)
        {
            Store512<TTile, TEpilogue>(in call, output + 112, c7, d7);
        }

        if (TTile.Pixels > 8)
        {
            Store512<TTile, TEpilogue>(in call, output + 128, c8, d8);
        }

        if (TTile.Pixels > 9)
        {
            Store512<TTile, TEpilogue>(in call, output + 144, c9, d9);
        }

        if (TTile.Pixels > 10)
        {
            Store512<TTile, TEpilogue>(in call, output + 160, c10, d10);
        }

        if (TTile.Pixels > 11)
        {
            Store512<TTile, TEpilogue>(in call, output + 176, c11, d11);
        }

        if (TTile.Pixels > 12)
        {
            Store512<TTile, TEpilogue>(in call, output + 192, c12, d12);
        }

        if (TTile.Pixels > 13)
        {
            Store512<TTile, TEpilogue>(in call, output + 208, c13, d13);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store512<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* output, Vector512<float> first, Vector512<float> second)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var low = Vector512.Create(call.Low);
        var high = Vector512.Create(call.High);
        if (call.HasResidual)
        {
            first += Vector512.Load(output + call.ResidualOffset);
        }

        TEpilogue.Apply(first, low, high).Store(output);
        if (TTile.Panels > 1)
        {
            output += call.OutputBlockStride;
            if (call.HasResidual)
            {
                second += Vector512.Load(output + call.ResidualOffset);
            }

            TEpilogue.Apply(second, low, high).Store(output);
        }
    }
}
