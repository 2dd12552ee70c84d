namespace Pipeline.Imaging.Resizing;

/// <summary>One direction of a resize.</summary>
internal readonly struct TensorFlowAxis
{
    private readonly TensorFlowGrid _grid;
    private readonly int _first;

    /// <param name="size">Of the source, in pixels.</param>
    /// <param name="resultSize">Of the whole result, in pixels.</param>
    /// <param name="first">The first pixel of the result that is wanted.</param>
    /// <param name="wanted">How many are, from there on.</param>
    public TensorFlowAxis(int size, int resultSize, int first, int wanted, TensorFlowGrid grid)
    {
        Size = size;
        _first = first;
        Count = wanted;
        InverseScale = resultSize / (float)size;
        Scale = grid == TensorFlowGrid.AlignedCorners && resultSize > 1 ? (size - 1) / (float)(resultSize - 1) : size / (float)resultSize;
        _grid = grid;
    }

    public int Size { get; }

    public bool IsHalfPixel => _grid == TensorFlowGrid.HalfPixel;

    /// <summary>How many pixels of the result are wanted.</summary>
    public int Count { get; }

    /// <summary>Source pixels for a pixel of the result.</summary>
    public float Scale { get; }

    /// <summary>Pixels of the result for a source pixel, corners not aligned.</summary>
    public float InverseScale { get; }

    /// <summary>Where a pixel of the result lies between the source's pixels; below 0 and beyond the last at the edges.</summary>
    /// <param name="index">Counted from the first that is wanted, as in all methods.</param>
    public float Position(int index) => _grid == TensorFlowGrid.HalfPixel ? ((_first + index + 0.5f) * Scale) - 0.5f : Edge(index);

    /// <summary>Where the centre of a pixel lies on the result.</summary>
    public float Center(int index) => _first + index + 0.5f;

    /// <summary>Where the near edge of a pixel of the result lies on the source.</summary>
    public float Edge(int index) => (_first + index) * Scale;

    /// <summary>The source pixel that a pixel of the result takes.</summary>
    public int Nearest(int index)
    {
        var position = _grid switch
        {
            TensorFlowGrid.HalfPixel => MathF.Floor((_first + index + 0.5f) * Scale),
            TensorFlowGrid.AlignedCorners => MathF.Round(Edge(index), MidpointRounding.AwayFromZero),
            _ => MathF.Floor(Edge(index)),
        };
        return Math.Clamp((int)position, 0, Size - 1);
    }

    public int[] NearestAll()
    {
        var all = new int[Count];
        for (var index = 0; index < all.Length; index++)
        {
            all[index] = Nearest(index);
        }

        return all;
    }
}
