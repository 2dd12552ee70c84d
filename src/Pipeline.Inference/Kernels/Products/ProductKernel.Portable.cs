using Pipeline.Inference.Kernels.Convolution;

namespace Pipeline.Inference.Kernels.Products;

/// <content>Any machine: one row by 16 columns, plain multiply and add in the same order.</content>
internal static unsafe partial class ProductKernel
{
    /// <inheritdoc cref="Run{TLanes, TRows, TPanels}"/>
    public static void RunPortable<TRows>(ref readonly ProductCall call, float* left, float* panel, float* bias, float* output)
        where TRows : struct, IKernelConstant
    {
        for (var row = 0; row < TRows.Value; row++)
        {
            for (var column = 0; column < 16; column++)
            {
                output[column] = bias[column];
            }

            for (nint k = 0; k < call.Depth; k++)
            {
                var x = left[k * call.DepthStride];
                for (var column = 0; column < 16; column++)
                {
                    output[column] += x * panel[(k * 16) + column];
                }
            }

            left += call.RowStride;
            output += call.OutputRowStride;
        }
    }
}
