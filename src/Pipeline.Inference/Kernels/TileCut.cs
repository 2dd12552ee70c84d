namespace Pipeline.Inference.Kernels;

/// <summary>Cuts a row of pixels into tiles so that they take the least time together.</summary>
internal sealed class TileCut
{
    // Rows shorter than this many of the widest tile are cut at their best; longer ones begin with widest tiles.
    private const int Searched = 3;

    // A call, in the time that a pixel takes.
    private const float CallCost = 0.25f;

    private readonly int[] _next;

    /// <param name="widths">Pixels of the tiles that there are; the widest first, the last is 1.</param>
    /// <param name="narrowest">A tile of fewer pixels takes as long as one of this many: it waits for its own sums.</param>
    public TileCut(ReadOnlySpan<int> widths, int narrowest)
    {
        Widest = widths[0];
        _next = new int[Searched * Widest];
        var costs = new float[_next.Length];
        for (var left = 1; left < _next.Length; left++)
        {
            costs[left] = float.PositiveInfinity;
            foreach (var width in widths)
            {
                if (width <= left && costs[left - width] + Math.Max(width, narrowest) + CallCost < costs[left])
                {
                    costs[left] = costs[left - width] + Math.Max(width, narrowest) + CallCost;
                    _next[left] = width;
                }
            }
        }
    }

    public int Widest { get; }

    /// <summary>The next tile of a row of which some pixels are left, at least 1.</summary>
    public int Next(int left) => left < _next.Length ? _next[left] : Widest;
}
