namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>
/// Divides the rows of a blocked value between shares. Tall pictures are cut across all blocks, as convolutions cut them, so that a thread finds its rows in its
/// own cache; of others each block is cut for itself.
/// </summary>
internal readonly struct BlockedRows
{
    private const int Tall = 28;

    private readonly int _planes;
    private readonly int _blocksOfAPlane;
    private readonly int _blocks;
    private readonly int _rows;

    public BlockedRows(int pictures, int blocks, int rows)
    {
        (_planes, _blocksOfAPlane) = rows >= Tall ? (pictures, blocks) : (checked(pictures * blocks), 1);
        _blocks = blocks;
        _rows = rows;
    }

    /// <summary>As <see cref="PlanStep.Units"/>.</summary>
    public int Units => _planes * _rows;

    /// <summary>The rows of some units, those of one block one after the other.</summary>
    public Enumerator Of(int first, int count) => new(this, first, count);

    /// <summary>Walks over rows.</summary>
    public struct Enumerator
    {
        private readonly BlockedRows _rows;
        private readonly int _end;
        private int _plane;
        private int _block;
        private int _firstRow;
        private int _endRow;

        public Enumerator(BlockedRows rows, int first, int count)
        {
            _rows = rows;
            _end = first + count;
            _plane = count > 0 ? first / rows._rows : rows._planes;
            _firstRow = count > 0 ? first % rows._rows : 0;
            _endRow = EndRow();
            Row = _firstRow - 1;
        }

        /// <summary>The number of the block among those of all pictures.</summary>
        public readonly int Plane => (_plane * _rows._blocksOfAPlane) + _block;

        public readonly int Picture => Plane / _rows._blocks;

        public readonly int Block => Plane % _rows._blocks;

        public int Row { get; private set; }

        public bool MoveNext()
        {
            if (++Row < _endRow)
            {
                return true;
            }

            if (++_block == _rows._blocksOfAPlane)
            {
                _block = 0;
                _firstRow = 0;
                _plane++;
                _endRow = EndRow();
            }

            Row = _firstRow;
            return Row < _endRow;
        }

        /// <summary>Of the plane's rows.</summary>
        private readonly int EndRow() => Math.Min(_rows._rows, _end - (_plane * _rows._rows));
    }
}
