using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Kernels;

/// <summary>Walks the windows of a pool in the order of the results, and gives the cells of each that lie inside the picture.</summary>
internal sealed class PoolWindows
{
    private readonly Shape _picture;
    private readonly Shape _result;
    private readonly Extent2D _kernel;
    private readonly Extent2D _strides;
    private readonly int _top;
    private readonly int _left;
    private readonly int[] _cells;
    private readonly int _count;
    private int _index = -1;
    private int _used;

    /// <param name="picture">NHWC.</param>
    /// <param name="border">Where the first window begins, as rows above and columns left of the picture.</param>
    public PoolWindows(Shape picture, Shape result, Extent2D kernel, Extent2D strides, (int Top, int Left) border)
    {
        _picture = picture;
        _result = result;
        _kernel = kernel;
        _strides = strides;
        (_top, _left) = border;
        _cells = new int[Math.Min(kernel.Height, picture[1]) * Math.Min(kernel.Width, picture[2])];
        _count = result.ElementCount == 0 ? 0 : result[0] * result[1] * result[2];
    }

    /// <summary>Where the channels of this window's result begin.</summary>
    public int Position => _index * _result[3];

    /// <summary>Where the channels of each cell begin, row after row; there is always one.</summary>
    public ReadOnlySpan<int> Cells => _cells.AsSpan(0, _used);

    public int FirstCell => _cells[0];

    /// <summary>Goes to the next window, or to the first.</summary>
    public bool MoveNext(CancellationToken cancellationToken)
    {
        if (++_index >= _count)
        {
            return false;
        }

        var (row, x) = Math.DivRem(_index, _result[2]);
        var (n, y) = Math.DivRem(row, _result[1]);
        if (x == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        var top = (y * _strides.Height) - _top;
        var left = (x * _strides.Width) - _left;
        _used = 0;
        for (var py = Math.Max(top, 0); py < Math.Min((long)top + _kernel.Height, _picture[1]); py++)
        {
            for (var px = Math.Max(left, 0); px < Math.Min((long)left + _kernel.Width, _picture[2]); px++)
            {
                _cells[_used++] = ((((n * _picture[1]) + py) * _picture[2]) + px) * _picture[3];
            }
        }

        return true;
    }
}
