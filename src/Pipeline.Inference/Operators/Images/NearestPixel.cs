namespace Pipeline.Inference.Operators;

/// <summary>The pixel of a source that stands for a pixel of a result.</summary>
internal static class NearestPixel
{
    /// <summary>The index in the source for each index of the result, along one dimension.</summary>
    public static int[] Of(SamplingGrid grid, int source, int result)
    {
        var scale = ResizeRule.Scale(grid, source, result);
        var indices = new int[result];
        for (var i = 0; i < result; i++)
        {
            var index = grid switch
            {
                SamplingGrid.AlignCorners => MathF.Round(i * scale, MidpointRounding.AwayFromZero),
                SamplingGrid.HalfPixelCenters => MathF.Floor((i + 0.5f) * scale),
                _ => MathF.Floor(i * scale),
            };
            indices[i] = Math.Clamp((int)index, 0, source - 1);
        }

        return indices;
    }
}
