using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <content>512 bits, windows three pixels wide at a stride of one: each pixel of the picture is loaded once for the three taps that read it.</content>
internal static partial class DepthwiseKernel
{
    /// <summary>One tile of at most 14 pixels. The taps of a row of the window lie side by side; sums are added up in the order of <see cref="Run512"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run512Wide3<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
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
        for (nint tap = 0; tap < call.Taps; tap += 3)
        {
            var pixel = input + call.TapOffsets[tap];
            var u = Vector512.Load(weights);
            var v = Vector512.Load(weights + 16);
            var w = Vector512.Load(weights + 32);
            weights += 48;
            var x = Vector512.Load(pixel);
            c0 = Avx512F.FusedMultiplyAdd(x, u, c0);
            x = Vector512.Load(pixel + 16);
            c0 = Avx512F.FusedMultiplyAdd(x, v, c0);
            var y = Vector512.Load(pixel + 32);
            c0 = Avx512F.FusedMultiplyAdd(y, w, c0);
            if (TTile.Pixels > 1)
            {
                var z = Vector512.Load(pixel + 48);
                c1 = Avx512F.FusedMultiplyAdd(x, u, c1);
                c1 = Avx512F.FusedMultiplyAdd(y, v, c1);
                c1 = Avx512F.FusedMultiplyAdd(z, w, c1);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 2)
            {
                var z = Vector512.Load(pixel + 64);
                c2 = Avx512F.FusedMultiplyAdd(x, u, c2);
                c2 = Avx512F.FusedMultiplyAdd(y, v, c2);
                c2 = Avx512F.FusedMultiplyAdd(z, w, c2);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 3)
            {
                var z = Vector512.Load(pixel + 80);
                c3 = Avx512F.FusedMultiplyAdd(x, u, c3);
                c3 = Avx512F.FusedMultiplyAdd(y, v, c3);
                c3 = Avx512F.FusedMultiplyAdd(z, w, c3);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 4)
            {
                var z = Vector512.Load(pixel + 96);
                c4 = Avx512F.FusedMultiplyAdd(x, u, c4);
                c4 = Avx512F.FusedMultiplyAdd(y, v, c4);
                c4 = Avx512F.FusedMultiplyAdd(z, w, c4);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 5)
            {
                var z = Vector512.Load(pixel + 112);
                c5 = Avx512F.FusedMultiplyAdd(x, u, c5);
                c5 = Avx512F.FusedMultiplyAdd(y, v, c5);
                c5 = Avx512F.FusedMultiplyAdd(z, w, c5);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 6)
            {
                var z = Vector512.Load(pixel + 128);
                c6 = Avx512F.FusedMultiplyAdd(x, u, c6);
                c6 = Avx512F.FusedMultiplyAdd(y, v, c6);
                c6 = Avx512F.FusedMultiplyAdd(z, w, c6);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 7)
            {
                var z = Vector512.Load(pixel + 144);
                c7 = Avx512F.FusedMultiplyAdd(x, u, c7);
                c7 = Avx512F.FusedMultiplyAdd(y, v, c7);
                c7 = Avx512F.FusedMultiplyAdd(z, w, c7);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 8)
            {
                var z = Vector512.Load(pixel + 160);
                c8 = Avx512F.FusedMultiplyAdd(x, u, c8);
                c8 = Avx512F.FusedMultiplyAdd(y, v, c8);
                c8 = Avx512F.FusedMultiplyAdd(z, w, c8);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 9)
            {
                var z = Vector512.Load(pixel + 176);
                c9 = Avx512F.FusedMultiplyAdd(x, u, c9);
                c9 = Avx512F.FusedMultiplyAdd(y, v, c9);
                c9 = Avx512F.FusedMultiplyAdd(z, w, c9);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 10)
            {
                var z = Vector512.Load(pixel + 192);
                c10 = Avx512F.FusedMultiplyAdd(x, u, c10);
                c10 = Avx512F.FusedMultiplyAdd(y, v, c10);
                c10 = Avx512F.FusedMultiplyAdd(z, w, c10);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 11)
            {
                var z = Vector512.Load(pixel + 208);
                c11 = Avx512F.FusedMultiplyAdd(x, u, c11);
                c11 = Avx512F.FusedMultiplyAdd(y, v, c11);
                c11 = Avx512F.FusedMultiplyAdd(z, w, c11);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 12)
            {
                var z = Vector512.Load(pixel + 224);
                c12 = Avx512F.FusedMultiplyAdd(x, u, c12);
                c12 = Avx512F.FusedMultiplyAdd(y, v, c12);
                c12 = Avx512F.FusedMultiplyAdd(z, w, c12);
                x = y;
                y = z;
            }

            if (TTile.Pixels > 13)
            {
                var z = Vector512.Load(pixel + 240);
                c13 = Avx512F.FusedMultiplyAdd(x, u, c13);
                c13 = Avx512F.FusedMultiplyAdd(y, v, c13);
                c13 = Avx512F.FusedMultiplyAdd(z, w, c13);
                x = y;
                y = z;
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
