namespace Pipeline.Inference.Kernels.Moves;

/// <summary>Copies rows and columns of floats, each side with its own steps.</summary>
internal static unsafe class StridedPlane
{
    // Tiles of a transposition: so small that the lines of both sides stay in the nearest cache.
    private const int Tile = 16;

    /// <param name="sourceRow">Floats from one row to the next; 0 repeats, negative walks backwards.</param>
    /// <param name="sourceColumn">Floats from one column to the next, likewise.</param>
    public static void Copy(float* source, nint sourceRow, nint sourceColumn, float* target, nint targetRow, nint targetColumn, int rows, int columns)
    {
        if (sourceColumn == 1 && targetColumn == 1)
        {
            for (var row = 0; row < rows; row++)
            {
                new ReadOnlySpan<float>(source, columns).CopyTo(new Span<float>(target, columns));
                source += sourceRow;
                target += targetRow;
            }
        }
        else if (sourceColumn == 0 && targetColumn == 1)
        {
            for (var row = 0; row < rows; row++)
            {
                new Span<float>(target + (row * targetRow), columns).Fill(source[row * sourceRow]);
            }
        }
        else
        {
            CopyTiles(source, sourceRow, sourceColumn, target, targetRow, targetColumn, rows, columns);
        }
    }

    private static void CopyTiles(float* source, nint sourceRow, nint sourceColumn, float* target, nint targetRow, nint targetColumn, int rows, int columns)
    {
        for (var row = 0; row < rows; row += Tile)
        {
            var height = Math.Min(Tile, rows - row);
            for (var column = 0; column < columns; column += Tile)
            {
                var width = Math.Min(Tile, columns - column);
                var from = source + (row * sourceRow) + (column * sourceColumn);
                var to = target + (row * targetRow) + (column * targetColumn);
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        to[x * targetColumn] = from[x * sourceColumn];
                    }

                    from += sourceRow;
                    to += targetRow;
                }
            }
        }
    }
}
