using System.Numerics;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Kernels;

/// <summary>
/// Convolution of NHWC pictures whose border is there, with an HWIO filter. Each result is one sum, taken in the order of the filter's
/// rows, columns and inputs, each product rounded before it is added: equal bits for any vector width.
/// </summary>
internal sealed class DirectConvolution
{
    private const int BigWork = 1 << 20;

    private readonly Shape _picture;
    private readonly Shape _filter;
    private readonly Shape _result;
    private readonly Extent2D _strides;
    private readonly Extent2D _dilations;
    private readonly int _groups;

    public DirectConvolution(Shape picture, Shape filter, Shape result, Extent2D strides, Extent2D dilations, int groups)
    {
        _picture = picture;
        _filter = filter;
        _result = result;
        _strides = strides;
        _dilations = dilations;
        _groups = groups;
    }

    public void Run<T>(ReadOnlySpan<T> picture, ReadOnlySpan<T> filter, Span<T> result, CancellationToken cancellationToken)
        where T : unmanaged, INumber<T>
    {
        int[] taps = [.. Taps()];
        var depth = _filter[2];
        var outputs = _filter[3] / _groups;
        var rowWork = (long)_result[2] * _filter[3] * depth * taps.Length;
        long work = 0;
        for (var row = 0; row < _result[0] * _result[1]; row++)
        {
            if ((work += rowWork) > BigWork)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work = 0;
            }

            var (n, y) = Math.DivRem(row, _result[1]);
            var from = ((n * _picture[1]) + (y * _strides.Height)) * _picture[2] * _picture[3];
            for (var group = 0; group < _groups; group++)
            {
                var products = new ProductRows(
                    taps, depth, 1, _strides.Width * _picture[3], _filter[3], _result[2], _result[3], outputs);
                products.Run(
                    picture[(from + (group * depth))..],
                    filter[(group * outputs)..],
                    result[((row * _result[2] * _result[3]) + (group * outputs))..]);
            }
        }
    }

    /// <summary>Where each tap of the filter lies in the picture, from the first.</summary>
    private IEnumerable<int> Taps()
    {
        for (var y = 0; y < _filter[0]; y++)
        {
            for (var x = 0; x < _filter[1]; x++)
            {
                yield return ((y * _dilations.Height * _picture[2]) + (x * _dilations.Width)) * _picture[3];
            }
        }
    }
}
