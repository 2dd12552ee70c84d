using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Tests.Support;

/// <summary>Convolution as it is defined: one sum a result, taps outside of the picture left out.</summary>
internal static class NaiveConvolution
{
    public static Tensor Run(Tensor picture, Tensor filter, Extent2D strides, Extent2D dilations, Padding padding, int groups)
    {
        var (p, f) = (picture.Shape, filter.Shape);
        var (height, top) = Places(p[1], f[0], strides.Height, dilations.Height, padding.Mode, padding.Top, padding.Bottom);
        var (width, left) = Places(p[2], f[1], strides.Width, dilations.Width, padding.Mode, padding.Left, padding.Right);
        var result = Tensor.Zeros(DataType.Float32, Shape.Of(p[0], height, width, f[3]));
        var y = result.Elements<float>();
        var perGroup = f[3] / groups;
        for (var i = 0; i < y.Length; i++)
        {
            var o = i % f[3];
            var (row, column) = (i / f[3] / width % height, i / f[3] % width);
            var sum = 0f;
            for (var tap = 0; tap < f[0] * f[1] * f[2]; tap++)
            {
                var c = tap % f[2];
                var py = (row * strides.Height) - top + (tap / f[2] / f[1] * dilations.Height);
                var px = (column * strides.Width) - left + (tap / f[2] % f[1] * dilations.Width);
                if (py >= 0 && py < p[1] && px >= 0 && px < p[2])
                {
                    var at = (((((i / f[3] / width / height) * p[1]) + py) * p[2]) + px) * p[3];
                    sum += picture.Elements<float>()[at + (o / perGroup * f[2]) + c] * filter.Elements<float>()[(tap * f[3]) + o];
                }
            }

            y[i] = sum;
        }

        return result;
    }

    private static (int Count, int Before) Places(int size, int kernel, int stride, int dilation, PaddingMode mode, int before, int after)
    {
        var reach = ((kernel - 1) * dilation) + 1;
        var count = mode switch
        {
            PaddingMode.Same => (int)Math.Ceiling(size / (double)stride),
            PaddingMode.Valid => (int)Math.Ceiling((size - reach + 1) / (double)stride),
            _ => (int)Math.Ceiling((size + before + after - reach + 1) / (double)stride),
        };
        var total = Math.Max(((count - 1) * stride) + reach - size, 0);
        return (count, mode == PaddingMode.Same ? total / 2 : mode == PaddingMode.Valid ? 0 : before);
    }
}
