namespace Pipeline.Inference.Execution.Plans.Products;

/// <summary>A product of two values as many products of matrices. Lengths are in floats.</summary>
/// <param name="Outer">The dimensions along which there are many matrices, outermost first.</param>
/// <param name="Rows">Of the left matrices; how the right walks along them is not used.</param>
/// <param name="LeftDepth">From one product of a sum to the next in the left value.</param>
/// <param name="RightDepths">Where each product of a sum lies in the right value, from the first.</param>
/// <param name="RightColumns">Where each column lies in the right value, from the first; columns are neighbours in the result.</param>
internal sealed record ProductShape(ProductAxis[] Outer, ProductAxis Rows, nint LeftDepth, nint[] RightDepths, nint[] RightColumns)
{
    private const int PanelColumns = 16;

    public int Depth => RightDepths.Length;

    public int Columns => RightColumns.Length;

    public int Panels => (Columns + PanelColumns - 1) / PanelColumns;

    /// <summary>Of one packed right matrix.</summary>
    public long MatrixFloats => checked((long)Panels * PanelFloats);

    public long PanelFloats => (long)Depth * PanelColumns;

    /// <summary>How many products of matrices there are.</summary>
    public int Matrices { get; } = Outer.Aggregate(1, (count, axis) => checked(count * axis.Size));

    /// <summary>How many right matrices there are.</summary>
    public int RightMatrices { get; } = Outer.Where(axis => axis.Right != 0).Aggregate(1, (count, axis) => checked(count * axis.Size));

    public long MultiplyAdds => checked((long)Matrices * Rows.Size * Columns * Depth);

    /// <summary>A product of plain rows with one packed matrix.</summary>
    public static ProductShape OfRows(int rows, int depth, int columns) =>
        new([], new ProductAxis(rows, depth, 0, columns), 1, new nint[depth], new nint[columns]);

    /// <summary>Where the matrices of one of the products begin.</summary>
    /// <param name="matrix">From 0 to <see cref="Matrices"/>.</param>
    /// <returns>The right one among the packed ones.</returns>
    public (long Left, long Right, long Output) Offsets(int matrix)
    {
        var (left, right, output, packed) = (0L, 0L, 0L, MatrixFloats);
        for (var index = Outer.Length - 1; index >= 0; index--)
        {
            var axis = Outer[index];
            (matrix, var place) = Math.DivRem(matrix, axis.Size);
            left += place * axis.Left;
            output += place * axis.Output;
            if (axis.Right != 0)
            {
                right += place * packed;
                packed *= axis.Size;
            }
        }

        return (left, right, output);
    }

    /// <summary>Where a right matrix begins before it is packed.</summary>
    /// <param name="matrix">From 0 to <see cref="RightMatrices"/>.</param>
    public long RightOffset(int matrix)
    {
        long offset = 0;
        for (var index = Outer.Length - 1; index >= 0; index--)
        {
            if (Outer[index] is { Right: not 0 } axis)
            {
                (matrix, var place) = Math.DivRem(matrix, axis.Size);
                offset += place * axis.Right;
            }
        }

        return offset;
    }
}
