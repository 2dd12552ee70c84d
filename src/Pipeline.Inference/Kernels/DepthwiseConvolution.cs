using System.Numerics;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Kernels;

/// <summary>
/// Depthwise convolution of NHWC pictures whose border is there, with a filter H W C M. Each result is one sum, taken in the order of the
/// filter's rows and columns, each product rounded before it is added: equal bits for any vector width.
/// </summary>
internal sealed class DepthwiseConvolution
{
    private readonly Shape _picture;
    private readonly Shape _filter;
    private readonly Shape _result;
    private readonly Extent2D _strides;
    private readonly Extent2D _dilations;

    public DepthwiseConvolution(Shape picture, Shape filter, Shape result, Extent2D strides, Extent2D dilations)
    {
        _picture = picture;
        _filter = filter;
        _result = result;
        _strides = strides;
        _dilations = dilations;
    }

    public void Run<T>(ReadOnlySpan<T> picture, ReadOnlySpan<T> filter, Span<T> result, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        var pixel = 0;
        for (var n = 0; n < _result[0]; n++)
        {
            for (var y = 0; y < _result[1]; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var x = 0; x < _result[2]; x++)
                {
                    var from = ((((n * _picture[1]) + (y * _strides.Height)) * _picture[2]) + (x * _strides.Width)) * _picture[3];
                    Pixel(picture[from..], filter, result.Slice(pixel * _result[3], _result[3]));
                    pixel++;
                }
            }
        }
    }

    /// <param name="picture">From the first tap of this pixel on.</param>
    private void Pixel<T>(ReadOnlySpan<T> picture, ReadOnlySpan<T> filter, Span<T> sums)
        where T : unmanaged, INumber<T>
    {
        var column = 0;
        if (_filter[3] == 1)
        {
            for (; column <= sums.Length - Vector<T>.Count; column += Vector<T>.Count)
            {
                VectorOfChannels(picture, filter, column).CopyTo(sums[column..]);
            }
        }

        for (; column < sums.Length; column++)
        {
            var sum = T.Zero;
            for (var tap = 0; tap < _filter[0] * _filter[1]; tap++)
            {
                sum += picture[TapOffset(tap) + (column / _filter[3])] * filter[(tap * sums.Length) + column];
            }

            sums[column] = sum;
        }
    }

    private Vector<T> VectorOfChannels<T>(ReadOnlySpan<T> picture, ReadOnlySpan<T> filter, int channel)
        where T : unmanaged
    {
        var channels = _filter[2];
        var sum = Vector<T>.Zero;
        for (var y = 0; y < _filter[0]; y++)
        {
            var from = (y * _dilations.Height * _picture[2] * channels) + channel;
            var weight = (y * _filter[1] * channels) + channel;
            for (var x = 0; x < _filter[1]; x++)
            {
                sum += new Vector<T>(picture[from..]) * new Vector<T>(filter[weight..]);
                from += _dilations.Width * channels;
                weight += channels;
            }
        }

        return sum;
    }

    private int TapOffset(int tap)
    {
        var (y, x) = Math.DivRem(tap, _filter[1]);
        return ((y * _dilations.Height * _picture[2]) + (x * _dilations.Width)) * _picture[3];
    }
}
