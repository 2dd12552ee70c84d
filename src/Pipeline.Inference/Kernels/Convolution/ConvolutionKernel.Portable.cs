namespace Pipeline.Inference.Kernels.Convolution;

/// <content>Any machine: one pixel by 16 outputs, plain multiply and add in the same order.</content>
internal static partial class ConvolutionKernel
{
    public static unsafe void RunPortable<TTile, TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TTile : struct, IConvolutionTile
        where TEpilogue : struct, IEpilogue
    {
        var stride = TTile.PixelStride == 0 ? call.PixelStride : TTile.PixelStride;
        for (var index = 0; index < TTile.Pixels; index++)
        {
            for (var panel = 0; panel < TTile.Panels; panel++)
            {
                RunPixel<TEpilogue>(
                    in call, input + (index * stride), weights + (panel * call.PanelStride), bias + (panel * 16),
                    output + (index * 16) + (panel * call.OutputBlockStride));
            }
        }
    }

    private static unsafe void RunPixel<TEpilogue>(ref readonly ConvolutionCall call, float* input, float* weights, float* bias, float* output)
        where TEpilogue : struct, IEpilogue
    {
        var sums = stackalloc float[16];
        for (var lane = 0; lane < 16; lane++)
        {
            sums[lane] = bias[lane];
        }

        for (nint tap = 0; tap < call.Taps; tap++)
        {
            var block = input + call.TapOffsets[tap];
            for (nint channel = 0; channel < call.Channels; channel++)
            {
                var x = block[((channel / call.BlockChannels) * call.InputBlockStride) + (channel % call.BlockChannels)];
                for (var lane = 0; lane < 16; lane++)
                {
                    sums[lane] += x * weights[lane];
                }

                weights += 16;
            }
        }

        for (var lane = 0; lane < 16; lane++)
        {
            var sum = call.HasResidual ? sums[lane] + output[call.ResidualOffset + lane] : sums[lane];
            output[lane] = TEpilogue.Apply(sum, call.Low, call.High);
        }
    }
}
