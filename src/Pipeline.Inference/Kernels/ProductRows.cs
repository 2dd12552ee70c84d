using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Inference.Kernels;

/// <summary>
/// Rows of sums of products: <c>result[r, c] = Σ left[r · leftRow + taps[t] + k · leftStep] · right[(t · depth + k) · rightRow + c]</c> over the
/// taps t and for each the depth k, taken in that order, each product rounded before it is added. A matrix product has one tap.
/// </summary>
internal readonly ref struct ProductRows
{
    private readonly ReadOnlySpan<int> _taps;
    private readonly int _depth;
    private readonly int _leftStep;
    private readonly int _leftRow;
    private readonly int _rightRow;
    private readonly int _rows;
    private readonly int _resultRow;
    private readonly int _columns;

    public ProductRows(ReadOnlySpan<int> taps, int depth, int leftStep, int leftRow, int rightRow, int rows, int resultRow, int columns)
    {
        _taps = taps;
        _depth = depth;
        _leftStep = leftStep;
        _leftRow = leftRow;
        _rightRow = rightRow;
        _rows = rows;
        _resultRow = resultRow;
        _columns = columns;
    }

    public void Run<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result)
        where T : unmanaged, INumber<T>
    {
        CheckExtents(left.Length, right.Length, result.Length);
        var width = Vector<T>.Count;
        for (var row = 0; row < _rows; row += 4)
        {
            var rows = Math.Min(4, _rows - row);
            var column = 0;
            for (; column <= _columns - (2 * width); column += 2 * width)
            {
                Tile(left, right, result, row, rows, column);
            }

            for (; column < _columns; column += width)
            {
                if (_columns >= width)
                {
                    // The last vector reaches back over columns done already, and gives them the same values again.
                    NarrowTile(left, right, result, row, rows, Math.Min(column, _columns - width));
                }
                else
                {
                    Scalars(left, right, result, row, rows);
                }
            }
        }
    }

    private void CheckExtents(int left, int right, int result)
    {
        if (_rows == 0 || _columns == 0)
        {
            return;
        }

        var lastTap = _taps.IsEmpty ? 0 : _taps[^1];
        var leftNeeded = ((long)(_rows - 1) * _leftRow) + lastTap + ((long)Math.Max(_depth - 1, 0) * _leftStep) + 1;
        var rightNeeded = (((long)_taps.Length * _depth) - 1) * _rightRow + _columns;
        var resultNeeded = ((long)(_rows - 1) * _resultRow) + _columns;
        if (_taps.Length * (long)_depth > 0 && (leftNeeded > left || rightNeeded > right))
        {
            throw new ArgumentException($"Operands of {left} and {right} elements are shorter than {leftNeeded} and {rightNeeded}.");
        }

        if (resultNeeded > result)
        {
            throw new ArgumentException($"A result of {result} elements is shorter than {resultNeeded}.");
        }
    }

    /// <summary>Up to four rows by two vectors of columns. Missing rows repeat the first and are not stored.</summary>
    private void Tile<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result, int row, int rows, int column)
        where T : unmanaged, INumber<T>
    {
        ref var x = ref Unsafe.Add(ref MemoryMarshal.GetReference(left), (nint)row * _leftRow);
        ref var w = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
        ref var nextW = ref Unsafe.Add(ref w, Vector<T>.Count);
        nint r1 = rows > 1 ? _leftRow : 0;
        nint r2 = rows > 2 ? 2 * (nint)_leftRow : 0;
        nint r3 = rows > 3 ? 3 * (nint)_leftRow : 0;
        Vector<T> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        nint at = 0;
        foreach (var tap in _taps)
        {
            nint l = tap;
            for (var k = _depth; k > 0; k--)
            {
                var w0 = Vector.LoadUnsafe(ref Unsafe.Add(ref w, at));
                var w1 = Vector.LoadUnsafe(ref Unsafe.Add(ref nextW, at));
                var element = new Vector<T>(Unsafe.Add(ref x, l));
                a0 += element * w0;
                a1 += element * w1;
                element = new Vector<T>(Unsafe.Add(ref x, l + r1));
                b0 += element * w0;
                b1 += element * w1;
                element = new Vector<T>(Unsafe.Add(ref x, l + r2));
                c0 += element * w0;
                c1 += element * w1;
                element = new Vector<T>(Unsafe.Add(ref x, l + r3));
                d0 += element * w0;
                d1 += element * w1;
                at += _rightRow;
                l += _leftStep;
            }
        }

        Store(a0, a1, result, row, column);
        if (rows > 1)
        {
            Store(b0, b1, result, row + 1, column);
        }

        if (rows > 2)
        {
            Store(c0, c1, result, row + 2, column);
        }

        if (rows > 3)
        {
            Store(d0, d1, result, row + 3, column);
        }
    }

    private void Store<T>(Vector<T> first, Vector<T> second, Span<T> result, int row, int column)
        where T : unmanaged
    {
        var target = result.Slice((row * _resultRow) + column, 2 * Vector<T>.Count);
        first.CopyTo(target);
        second.CopyTo(target[Vector<T>.Count..]);
    }

    /// <summary>Up to four rows by one vector of columns.</summary>
    private void NarrowTile<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result, int row, int rows, int column)
        where T : unmanaged, INumber<T>
    {
        ref var x = ref Unsafe.Add(ref MemoryMarshal.GetReference(left), (nint)row * _leftRow);
        ref var w = ref Unsafe.Add(ref MemoryMarshal.GetReference(right), column);
        nint r1 = rows > 1 ? _leftRow : 0;
        nint r2 = rows > 2 ? 2 * (nint)_leftRow : 0;
        nint r3 = rows > 3 ? 3 * (nint)_leftRow : 0;
        Vector<T> a = default, b = default, c = default, d = default;
        nint at = 0;
        foreach (var tap in _taps)
        {
            nint l = tap;
            for (var k = _depth; k > 0; k--)
            {
                var weights = Vector.LoadUnsafe(ref Unsafe.Add(ref w, at));
                a += new Vector<T>(Unsafe.Add(ref x, l)) * weights;
                b += new Vector<T>(Unsafe.Add(ref x, l + r1)) * weights;
                c += new Vector<T>(Unsafe.Add(ref x, l + r2)) * weights;
                d += new Vector<T>(Unsafe.Add(ref x, l + r3)) * weights;
                at += _rightRow;
                l += _leftStep;
            }
        }

        ReadOnlySpan<Vector<T>> sums = [a, b, c, d];
        for (var i = 0; i < rows; i++)
        {
            sums[i].CopyTo(result.Slice(((row + i) * _resultRow) + column, Vector<T>.Count));
        }
    }

    /// <summary>All columns of up to four rows, where they are fewer than a vector.</summary>
    private void Scalars<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> result, int row, int rows)
        where T : unmanaged, INumber<T>
    {
        for (var r = row; r < row + rows; r++)
        {
            var sums = result.Slice(r * _resultRow, _columns);
            sums.Clear();
            for (var t = 0; t < _taps.Length; t++)
            {
                for (var k = 0; k < _depth; k++)
                {
                    var x = left[(r * _leftRow) + _taps[t] + (k * _leftStep)];
                    var weights = right.Slice(((t * _depth) + k) * _rightRow, _columns);
                    for (var c = 0; c < sums.Length; c++)
                    {
                        sums[c] += x * weights[c];
                    }
                }
            }
        }
    }
}
