using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Depthwise;

/// <content>Any machine: plain multiply and add in the same order.</content>
internal static partial class DepthwiseKernel
{
    public static unsafe void RunPortable<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        for (var index = 0; index < TTile.Pixels; index++)
        {
            for (var lane = 0; lane < 16; lane++)
            {
                var sum = bias[lane];
                for (nint tap = 0; tap < call.Taps; tap++)
                {
                    sum += input[call.TapOffsets[tap] + (index * stride) + lane] * weights[(tap * 16) + lane];
                }

                output[(index * 16) + lane] = TEpilogue.Apply(sum, call.Low, call.High);
            }
        }
    }
}
