namespace Pipeline.Models.Package;

/// <summary>Keeps the highest of the scores that are added in the order of their indices; of equal ones the lower index comes first.</summary>
internal sealed class TopScores
{
    private readonly int _count;
    private readonly List<(int Index, double Score)> _best;

    /// <param name="count">How many are kept, 1 or more.</param>
    public TopScores(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _count = count;
        _best = new List<(int, double)>(count + 1);
    }

    /// <summary>Best first.</summary>
    public List<(int Index, double Score)> Best => _best;

    public void Add(int index, double score)
    {
        var place = _best.Count;
        while (place > 0 && score > _best[place - 1].Score)
        {
            place--;
        }

        if (place == _count)
        {
            return;
        }

        _best.Insert(place, (index, score));
        if (_best.Count > _count)
        {
            _best.RemoveAt(_count);
        }
    }
}
