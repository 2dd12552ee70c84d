using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Execution.Plans.Moves;

/// <summary>A box of elements that goes from one plain value to another: planes of rows and columns, so many as the outer axes say.</summary>
/// <param name="Outer">Outermost first.</param>
internal sealed record MoveBox(int Input, long SourceOffset, int Output, long TargetOffset, MoveAxis[] Outer, MoveAxis Rows, MoveAxis Columns)
{
    // Rows that are moved at a time: enough that it is worth it to begin with them.
    private const int UnitFloats = 4096;

    private const int Tile = 16;

    /// <summary>Rows of a plane that are done at a time.</summary>
    public int UnitRows => Math.Max(Tile, UnitFloats / Columns.Size / Tile * Tile);

    public int UnitsOfAPlane => (Rows.Size + UnitRows - 1) / UnitRows;

    public int Planes { get; } = Outer.Aggregate(1, (count, axis) => checked(count * axis.Size));

    /// <returns>Null for a box without elements.</returns>
    public static MoveBox? Of(StridedMove move)
    {
        if (move.Dimensions.Contains(0))
        {
            return null;
        }

        List<MoveAxis> axes = [];
        for (var dimension = 0; dimension < move.Dimensions.Length; dimension++)
        {
            var axis = new MoveAxis(move.Dimensions[dimension], move.SourceStrides[dimension], move.TargetStrides[dimension]);
            if (axis.Size == 1)
            {
                continue;
            }

            if (axes.Count > 0 && axes[^1].Merge(axis) is { } merged)
            {
                axes[^1] = merged;
            }
            else
            {
                axes.Add(axis);
            }
        }

        var columns = Take(axes, axes.Count - 1);
        var neighbours = axes.FindIndex(axis => axis.Source == 1);
        var rows = Take(axes, neighbours >= 0 ? neighbours : axes.Count - 1);
        return new MoveBox(move.Input, move.SourceOffset, move.Output, move.TargetOffset, [.. axes], rows, columns);
    }

    /// <summary>Where a plane begins on either side.</summary>
    public (long Source, long Target) Offsets(int plane)
    {
        var (source, target) = (SourceOffset, TargetOffset);
        for (var index = Outer.Length - 1; index >= 0; index--)
        {
            (plane, var place) = Math.DivRem(plane, Outer[index].Size);
            source += place * Outer[index].Source;
            target += place * Outer[index].Target;
        }

        return (source, target);
    }

    private static MoveAxis Take(List<MoveAxis> axes, int index)
    {
        if (index < 0)
        {
            return new MoveAxis(1, 1, 1);
        }

        var axis = axes[index];
        axes.RemoveAt(index);
        return axis;
    }
}
