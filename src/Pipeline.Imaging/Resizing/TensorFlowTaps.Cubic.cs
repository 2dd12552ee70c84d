namespace Pipeline.Imaging.Resizing;

internal sealed partial class TensorFlowTaps
{
    private const int CubicSteps = 1024;

    private static readonly float[] KeysTable = CubicTable(-0.5f);
    private static readonly float[] LegacyTable = CubicTable(-0.75f);

    /// <summary>
    /// ResizeBicubic: four pixels, weights from a table of 1,024 steps. With half pixels Keys' cubic (a = -0.5) without the pixels beyond the
    /// edges, else a = -0.75 with the edges repeated.
    /// </summary>
    public static TensorFlowTaps Cubic(TensorFlowAxis axis)
    {
        var taps = new TensorFlowTaps(axis.Count, 4);
        var table = axis.IsHalfPixel ? KeysTable : LegacyTable;
        Span<float> weights = stackalloc float[4];
        for (var index = 0; index < axis.Count; index++)
        {
            var position = axis.Position(index);
            var below = (int)MathF.Floor(position);
            var step = (int)MathF.Round((position - below) * CubicSteps, MidpointRounding.ToEven);
            weights[0] = table[(step * 2) + 1];
            weights[1] = table[step * 2];
            weights[2] = table[(CubicSteps - step) * 2];
            weights[3] = table[((CubicSteps - step) * 2) + 1];
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var pixel = below - 1 + tap;
                var isInside = pixel >= 0 && pixel < axis.Size;
                taps.Add(index, pixel, axis.Size, axis.IsHalfPixel && !isInside ? 0 : weights[tap]);
            }

            if (axis.IsHalfPixel)
            {
                taps.Normalize(index);
            }
        }

        return taps;
    }

    /// <summary>For each step x in 0..1: the cubic at x, and at 1 + x.</summary>
    private static float[] CubicTable(float a)
    {
        var table = new float[(CubicSteps + 1) * 2];
        for (var step = 0; step <= CubicSteps; step++)
        {
            var x = (float)step / CubicSteps;
            table[step * 2] = ((((a + 2) * x) - (a + 3)) * x * x) + 1;
            x += 1;
            table[(step * 2) + 1] = ((((a * x) - (5 * a)) * x + (8 * a)) * x) - (4 * a);
        }

        return table;
    }
}
