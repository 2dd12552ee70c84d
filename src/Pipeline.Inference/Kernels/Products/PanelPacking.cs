namespace Pipeline.Inference.Kernels.Products;

/// <summary>Puts matrices into panels of 16 columns, as product tiles read them.</summary>
internal static unsafe class PanelPacking
{
    /// <summary>Packs one panel.</summary>
    /// <param name="source">The matrix's first element.</param>
    /// <param name="depths">Where each row of the matrix lies, from the first element on.</param>
    /// <param name="columns">Where each of the panel's columns lies in a row, at most 16; lanes beyond them become zero.</param>
    /// <param name="panel">16 numbers a row.</param>
    public static void Run(float* source, ReadOnlySpan<nint> depths, ReadOnlySpan<nint> columns, float* panel)
    {
        if (columns.Length == 16 && columns[15] - columns[0] == 15 && AreNeighbours(columns))
        {
            foreach (var depth in depths)
            {
                new ReadOnlySpan<float>(source + depth + columns[0], 16).CopyTo(new Span<float>(panel, 16));
                panel += 16;
            }

            return;
        }

        new Span<float>(panel, checked(depths.Length * 16)).Clear();
        for (var column = 0; column < columns.Length; column++)
        {
            var from = source + columns[column];
            var to = panel + column;
            foreach (var depth in depths)
            {
                *to = from[depth];
                to += 16;
            }
        }
    }

    private static bool AreNeighbours(ReadOnlySpan<nint> places)
    {
        for (var index = 1; index < places.Length; index++)
        {
            if (places[index] != places[0] + index)
            {
                return false;
            }
        }

        return true;
    }
}
