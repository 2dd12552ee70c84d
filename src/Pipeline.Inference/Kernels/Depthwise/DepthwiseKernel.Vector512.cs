using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <content>512 bits: a tile of at most 14 pixels by 16 channels stays in registers; the picture is read straight from memory into the multiply-add.</content>
internal static partial class DepthwiseKernel
{
    /// <summary>One tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run512<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        Vector512<float> c0 = Vector512.Load(bias);
        Vector512<float> c1 = c0;
        Vector512<float> c2 = c0;
        Vector512<float> c3 = c0;
        Vector512<float> c4 = c0;
        Vector512<float> c5 = c0;
        Vector512<float> c6 = c0;
        Vector512<float> c7 = c0;
        Vector512<float> c8 = c0;
        Vector512<float> c9 = c0;
        Vector512<float> c10 = c0;
        Vector512<float> c11 = c0;
        Vector512<float> c12 = c0;
        Vector512<float> c13 = c0;
        for (nint tap = 0; tap < call.Taps; tap++)
        {
            var pixel = input + call.TapOffsets[tap];
            var w = Vector512.Load(weights);
            weights += 16;
            c0 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel), w, c0);
            if (TTile.Pixels > 1)
            {
                c1 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + stride), w, c1);
            }

            if (TTile.Pixels > 2)
            {
                c2 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (2 * stride)), w, c2);
            }

            if (TTile.Pixels > 3)
            {
                c3 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (3 * stride)), w, c3);
            }

            if (TTile.Pixels > 4)
            {
                c4 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (4 * stride)), w, c4);
            }

            if (TTile.Pixels > 5)
            {
                c5 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (5 * stride)), w, c5);
            }

            if (TTile.Pixels > 6)
            {
                c6 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (6 * stride)), w, c6);
            }

            if (TTile.Pixels > 7)
            {
                c7 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (7 * stride)), w, c7);
            }

            if (TTile.Pixels > 8)
            {
                c8 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (8 * stride)), w, c8);
            }

            if (TTile.Pixels > 9)
            {
                c9 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (9 * stride)), w, c9);
            }

            if (TTile.Pixels > 10)
            {
                c10 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (10 * stride)), w, c10);
            }

            if (TTile.Pixels > 11)
            {
                c11 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (11 * stride)), w, c11);
            }

            if (TTile.Pixels > 12)
            {
                c12 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (12 * stride)), w, c12);
            }

            if (TTile.Pixels > 13)
            {
                c13 = Avx512F.FusedMultiplyAdd(Vector512.Load(pixel + (13 * stride)), w, c13);
            }
        }

        var low = Vector512.Create(call.Low);
        var high = Vector512.Create(call.High);
        TEpilogue.Apply(c0, low, high).Store(output);
        if (TTile.Pixels > 1)
        {
            TEpilogue.Apply(c1, low, high).Store(output + 16);
        }

        if (TTile.Pixels > 2)
        {
            TEpilogue.Apply(c2, low, high).Store(output + 32);
        }

        if (TTile.Pixels > 3)
        {
            TEpilogue.Apply(c3, low, high).Store(output + 48);
        }

        if (TTile.Pixels > 4)
        {
            TEpilogue.Apply(c4, low, high).Store(output + 64);
        }

        if (TTile.Pixels > 5)
        {
            TEpilogue.Apply(c5, low, high).Store(output + 80);
        }

        if (TTile.Pixels > 6)
        {
            TEpilogue.Apply(c6, low, high).Store(output + 96);
        }

        if (TTile.Pixels > 7)
        {
            TEpilogue.Apply(c7, low, high).Store(output + 112);
        }

        if (TTile.Pixels > 8)
        {
            TEpilogue.Apply(c8, low, high).Store(output + 128);
        }

        if (TTile.Pixels > 9)
        {
            TEpilogue.Apply(c9, low, high).Store(output + 144);
        }

        if (TTile.Pixels > 10)
        {
            TEpilogue.Apply(c10, low, high).Store(output + 160);
        }

        if (TTile.Pixels > 11)
        {
            TEpilogue.Apply(c11, low, high).Store(output + 176);
        }

        if (TTile.Pixels > 12)
        {
            TEpilogue.Apply(c12, low, high).Store(output + 192);
        }

        if (TTile.Pixels > 13)
        {
            TEpilogue.Apply(c13, low, high).Store(output + 208);
        }
    }
}
