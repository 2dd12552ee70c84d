using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Walks over a shape in C order row by row, and says for each of several operands broadcast to it where the row begins and whether it
/// steps along or stays. Neighbouring dimensions that all operands walk through alike are one, so that rows are long.
/// </summary>
internal sealed class BroadcastWalk
{
    private readonly List<int> _dimensions = [];
    private readonly List<int>[] _strides;
    private readonly int[] _offsets;
    private readonly int[] _counter;
    private readonly int _end;
    private bool _started;

    /// <param name="shape">What the operands are broadcast to.</param>
    /// <param name="operands">Shapes that can be.</param>
    public BroadcastWalk(Shape shape, params ReadOnlySpan<Shape> operands)
    {
        _strides = new List<int>[operands.Length];
        for (var i = 0; i < operands.Length; i++)
        {
            _strides[i] = [];
        }

        Merge(shape, operands);
        if (_dimensions.Count == 0)
        {
            _dimensions.Add(1);
            foreach (var strides in _strides)
            {
                strides.Add(0);
            }
        }

        _offsets = new int[operands.Length];
        _counter = new int[_dimensions.Count];
        _end = shape.ElementCount;
        RowLength = _dimensions[0];
        Position = 0;
    }

    /// <summary>Elements in each row.</summary>
    public int RowLength { get; }

    /// <summary>Where the row begins in the result.</summary>
    public int Position { get; private set; }

    /// <summary>Where the row begins in an operand.</summary>
    public int Offset(int operand) => _offsets[operand];

    /// <summary>1 where the operand steps along the row, 0 where one element of it is meant all along.</summary>
    public int Step(int operand) => _strides[operand][0];

    /// <summary>Goes to the next row, or to the first.</summary>
    public bool MoveNext()
    {
        if (!_started)
        {
            _started = true;
            return _end > 0;
        }

        Position += RowLength;
        for (var d = 1; d < _dimensions.Count; d++)
        {
            var wraps = ++_counter[d] == _dimensions[d];
            for (var i = 0; i < _offsets.Length; i++)
            {
                _offsets[i] += wraps ? -_strides[i][d] * (_dimensions[d] - 1) : _strides[i][d];
            }

            if (!wraps)
            {
                break;
            }

            _counter[d] = 0;
        }

        return Position < _end;
    }

    /// <summary>Fills the lists, innermost first, with dimensions merged.</summary>
    private void Merge(Shape shape, ReadOnlySpan<Shape> operands)
    {
        if (shape.ElementCount == 0)
        {
            return;
        }

        var next = new int[operands.Length];
        Array.Fill(next, 1);
        for (var d = 1; d <= shape.Rank; d++)
        {
            var size = shape[^d];
            if (size == 1)
            {
                continue;
            }

            var mergeable = _dimensions.Count > 0;
            var strides = new int[operands.Length];
            for (var i = 0; i < operands.Length; i++)
            {
                var own = d <= operands[i].Rank ? operands[i][^d] : 1;
                strides[i] = own == 1 ? 0 : next[i];
                next[i] *= own;
                mergeable = mergeable && strides[i] == _strides[i][^1] * _dimensions[^1];
            }

            Append(size, strides, mergeable);
        }
    }

    private void Append(int size, int[] strides, bool merges)
    {
        if (merges)
        {
            _dimensions[^1] *= size;
            return;
        }

        _dimensions.Add(size);
        for (var i = 0; i < strides.Length; i++)
        {
            _strides[i].Add(strides[i]);
        }
    }
}
