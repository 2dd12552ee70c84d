namespace Pipeline.Inference.Operators;

/// <summary>The two neighbours of a point between them, and how far it is from the first.</summary>
internal readonly record struct LinearTap(int Lower, int Upper, float Fraction)
{
    /// <summary>A tap for each index of the result.</summary>
    public static LinearTap[] Of(SamplingGrid grid, int source, int result)
    {
        var scale = ResizeRule.Scale(grid, source, result);
        var taps = new LinearTap[result];
        for (var i = 0; i < result; i++)
        {
            var point = grid == SamplingGrid.HalfPixelCenters ? ((i + 0.5f) * scale) - 0.5f : i * scale;
            var floor = MathF.Floor(point);
            taps[i] = new LinearTap(
                Math.Clamp((int)floor, 0, source - 1), Math.Clamp((int)MathF.Ceiling(point), 0, source - 1), point - floor);
        }

        return taps;
    }
}
