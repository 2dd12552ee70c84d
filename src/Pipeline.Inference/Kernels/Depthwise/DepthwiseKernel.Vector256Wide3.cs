using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <content>256 bits, windows three pixels wide at a stride of one: each pixel of the picture is loaded once for the three taps that read it.</content>
internal static partial class DepthwiseKernel
{
    /// <summary>One tile of at most 7 pixels, eight channels after the other eight. The taps of a row of the window lie side by side; sums are added up in the order of <see cref="Run256"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Run256Wide3<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        for (var half = 0; half < 16; half += 8)
        {
            Vector256<float> c0 = Vector256.Load(bias + half);
            Vector256<float> c1 = c0;
            Vector256<float> c2 = c0;
            Vector256<float> c3 = c0;
            Vector256<float> c4 = c0;
            Vector256<float> c5 = c0;
            Vector256<float> c6 = c0;
            var taps = weights + half;
            for (nint tap = 0; tap < call.Taps; tap += 3)
            {
                var pixel = input + half + call.TapOffsets[tap];
                var u = Vector256.Load(taps);
                var v = Vector256.Load(taps + 16);
                var w = Vector256.Load(taps + 32);
                taps += 48;
                var x = Vector256.Load(pixel);
                c0 = Fma.MultiplyAdd(x, u, c0);
                x = Vector256.Load(pixel + 16);
                c0 = Fma.MultiplyAdd(x, v, c0);
                var y = Vector256.Load(pixel + 32);
                c0 = Fma.MultiplyAdd(y, w, c0);
                if (TTile.Pixels > 1)
                {
                    var z = Vector256.Load(pixel + 48);
                    c1 = Fma.MultiplyAdd(x, u, c1);
                    c1 = Fma.MultiplyAdd(y, v, c1);
                    c1 = Fma.MultiplyAdd(z, w, c1);
                    x = y;
                    y = z;
                }

                if (TTile.Pixels > 2)
                {
                    var z = Vector256.Load(pixel + 64);
                    c2 = Fma.MultiplyAdd(x, u, c2);
                    c2 = Fma.MultiplyAdd(y, v, c2);
                    c2 = Fma.MultiplyAdd(z, w, c2);
                    x = y;
                    y = z;
                }

                if (TTile.Pixels > 3)
                {
                    var z = Vector256.Load(pixel + 80);
                    c3 = Fma.MultiplyAdd(x, u, c3);
                    c3 = Fma.MultiplyAdd(y, v, c3);
                    c3 = Fma.MultiplyAdd(z, w, c3);
                    x = y;
                    y = z;
                }

                if (TTile.Pixels > 4)
                {
                    var z = Vector256.Load(pixel + 96);
                    c4 = Fma.MultiplyAdd(x, u, c4);
                    c4 = Fma.MultiplyAdd(y, v, c4);
                    c4 = Fma.MultiplyAdd(z, w, c4);
                    x = y;
                    y = z;
                }

                if (TTile.Pixels > 5)
                {
                    var z = Vector256.Load(pixel + 112);
                    c5 = Fma.MultiplyAdd(x, u, c5);
                    c5 = Fma.MultiplyAdd(y, v, c5);
                    c5 = Fma.MultiplyAdd(z, w, c5);
                    x = y;
                    y = z;
                }

                if (TTile.Pixels > 6)
                {
                    var z = Vector256.Load(pixel + 128);
                    c6 = Fma.MultiplyAdd(x, u, c6);
                    c6 = Fma.MultiplyAdd(y, v, c6);
                    c6 = Fma.MultiplyAdd(z, w, c6);
                    x = y;
                    y = z;
                }
            }

            var low = Vector256.Create(call.Low);
            var high = Vector256.Create(call.High);
            TEpilogue.Apply(c0, low, high).Store(output + half);
            if (TTile.Pixels > 1)
            {
                TEpilogue.Apply(c1, low, high).Store(output + half + 16);
            }

            if (TTile.Pixels > 2)
            {
                TEpilogue.Apply(c2, low, high).Store(output + half + 32);
            }

            if (TTile.Pixels > 3)
            {
                TEpilogue.Apply(c3, low, high).Store(output + half + 48);
            }

            if (TTile.Pixels > 4)
            {
                TEpilogue.Apply(c4, low, high).Store(output + half + 64);
            }

            if (TTile.Pixels > 5)
            {
                TEpilogue.Apply(c5, low, high).Store(output + half + 80);
            }

            if (TTile.Pixels > 6)
            {
                TEpilogue.Apply(c6, low, high).Store(output + half + 96);
            }
        }
    }
}
