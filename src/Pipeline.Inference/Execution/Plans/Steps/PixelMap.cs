using System.Collections.Immutable;

namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Which pixel of a source each pixel of a result is: a row and a column, or none.</summary>
internal sealed class PixelMap
{
    private readonly int[] _rows;

    /// <param name="rows">The row of the source for each row of the result, -1 for none.</param>
    /// <param name="columns">The same for columns.</param>
    public PixelMap(int[] rows, int[] columns)
    {
        _rows = rows;
        Columns = Join(columns);
    }

    /// <summary>From left to right, all columns of the result.</summary>
    public ImmutableArray<PixelRun> Columns { get; }

    /// <summary>The row of the source, or -1.</summary>
    public int Row(int row) => _rows[row];

    private static ImmutableArray<PixelRun> Join(int[] columns)
    {
        var runs = new List<PixelRun>();
        for (var column = 0; column < columns.Length; column++)
        {
            var (source, last) = (columns[column], runs.Count > 0 ? runs[^1] : default);
            var joins = last.Count > 0 && (source < 0 ? last.Source < 0 : last.Source >= 0 && source == last.Source + last.Count);
            if (joins)
            {
                runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                runs.Add(new PixelRun(source, 1));
            }
        }

        return [.. runs];
    }
}
