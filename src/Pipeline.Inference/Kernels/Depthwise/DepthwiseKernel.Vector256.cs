using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <content>256 bits: a tile of at most 6 pixels by 16 channels stays in registers; the picture is read straight from memory into the multiply-add.</content>
internal static partial class DepthwiseKernel
{
    /// <summary>One tile. c0… are the channels 0 to 7, d0… the channels 8 to 15.</summary>
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
            var pixel = input + call.TapOffsets[tap];
            var w = Vector256.Load(weights);
            var v = Vector256.Load(weights + 8);
            weights += 16;
            c0 = Fma.MultiplyAdd(Vector256.Load(pixel), w, c0);
            d0 = Fma.MultiplyAdd(Vector256.Load(pixel + 8), v, d0);
            if (TTile.Pixels > 1)
            {
                c1 = Fma.MultiplyAdd(Vector256.Load(pixel + stride), w, c1);
                d1 = Fma.MultiplyAdd(Vector256.Load(pixel + stride + 8), v, d1);
            }

            if (TTile.Pixels > 2)
            {
                c2 = Fma.MultiplyAdd(Vector256.Load(pixel + (2 * stride)), w, c2);
                d2 = Fma.MultiplyAdd(Vector256.Load(pixel + (2 * stride) + 8), v, d2);
            }

            if (TTile.Pixels > 3)
            {
                c3 = Fma.MultiplyAdd(Vector256.Load(pixel + (3 * stride)), w, c3);
                d3 = Fma.MultiplyAdd(Vector256.Load(pixel + (3 * stride) + 8), v, d3);
            }

            if (TTile.Pixels > 4)
            {
                c4 = Fma.MultiplyAdd(Vector256.Load(pixel + (4 * stride)), w, c4);
                d4 = Fma.MultiplyAdd(Vector256.Load(pixel + (4 * stride) + 8), v, d4);
            }

            if (TTile.Pixels > 5)
            {
                c5 = Fma.MultiplyAdd(Vector256.Load(pixel + (5 * stride)), w, c5);
                d5 = Fma.MultiplyAdd(Vector256.Load(pixel + (5 * stride) + 8), v, d5);
            }
        }

        var low = Vector256.Create(call.Low);
        var high = Vector256.Create(call.High);
        TEpilogue.Apply(c0, low, high).Store(output);
        TEpilogue.Apply(d0, low, high).Store(output + 8);
        if (TTile.Pixels > 1)
        {
            TEpilogue.Apply(c1, low, high).Store(output + 16);
            TEpilogue.Apply(d1, low, high).Store(output + 24);
        }

        if (TTile.Pixels > 2)
        {
            TEpilogue.Apply(c2, low, high).Store(output + 32);
            TEpilogue.Apply(d2, low, high).Store(output + 40);
        }

        if (TTile.Pixels > 3)
        {
            TEpilogue.Apply(c3, low, high).Store(output + 48);
            TEpilogue.Apply(d3, low, high).Store(output + 56);
        }

        if (TTile.Pixels > 4)
        {
            TEpilogue.Apply(c4, low, high).Store(output + 64);
            TEpilogue.Apply(d4, low, high).Store(output + 72);
        }

        if (TTile.Pixels > 5)
        {
            TEpilogue.Apply(c5, low, high).Store(output + 80);
            TEpilogue.Apply(d5, low, high).Store(output + 88);
        }
    }
}
