namespace Pipeline.Inference.Kernels.Products;

/// <summary>Walks a matrix product over its rows and panels in tiles.</summary>
internal static unsafe class ProductRunner
{
    // Panels of this many floats stay in the second-level cache while all rows pass by.
    private const int ChunkFloats = 64 * 1024;

    /// <param name="panels">The right matrix, in panels of 16 columns; lanes beyond the last column hold any numbers.</param>
    /// <param name="bias">One number for each column, filled up to whole panels.</param>
    /// <param name="columns">How many columns; nothing beyond them is written.</param>
    public static void Run(
        ProductTiles tiles, ref readonly ProductCall call, ref readonly ProductFinish finish, float* left, float* panels, float* bias, float* output, int rows, int columns)
    {
        var chunk = (int)Math.Max(4, ChunkFloats / call.PanelStride & ~3) * 16;
        for (var column = 0; column < columns; column += chunk)
        {
            var now = Math.Min(chunk, columns - column);
            var scale = finish.Scale is null ? null : finish.Scale + column;
            var source = left;
            var target = output + column;
            var rest = rows;
            foreach (var height in tiles.Rows.Span)
            {
                for (; rest >= height; rest -= height)
                {
                    RunRows(tiles, in call, height, source, panels + (column / 16 * call.PanelStride), bias + column, target, now);
                    if (finish.Row != null)
                    {
                        for (var row = 0; row < height; row++)
                        {
                            finish.Row(in finish, target + (row * call.OutputRowStride), scale, now);
                        }
                    }

                    source += height * call.RowStride;
                    target += height * call.OutputRowStride;
                }
            }
        }
    }

    private static void RunRows(ProductTiles tiles, ref readonly ProductCall call, int height, float* left, float* panel, float* bias, float* output, int columns)
    {
        var wide = tiles.Panels(height) * 16;
        var column = 0;
        for (; column <= columns - wide; column += wide)
        {
            tiles.Run(height, isWide: true, in call, left, panel + (column / 16 * call.PanelStride), bias + column, output + column);
        }

        for (; column <= columns - 16; column += 16)
        {
            tiles.Run(height, isWide: false, in call, left, panel + (column / 16 * call.PanelStride), bias + column, output + column);
        }

        if (column < columns)
        {
            RunEdge(tiles, in call, height, left, panel + (column / 16 * call.PanelStride), bias + column, output + column, columns - column);
        }
    }

    /// <summary>A panel with fewer columns, through a buffer of whole panels.</summary>
    private static void RunEdge(ProductTiles tiles, ref readonly ProductCall call, int height, float* left, float* panel, float* bias, float* output, int columns)
    {
        var buffer = stackalloc float[height * 16];
        var edge = call;
        edge.OutputRowStride = 16;
        tiles.Run(height, isWide: false, in edge, left, panel, bias, buffer);
        for (var row = 0; row < height; row++)
        {
            new ReadOnlySpan<float>(buffer + (row * 16), columns).CopyTo(new Span<float>(output + (row * call.OutputRowStride), columns));
        }
    }
}
