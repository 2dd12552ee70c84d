namespace Pipeline.Imaging.Resizing;

/// <summary>ResizeBilinear: between two pixels of two rows, without antialiasing: effectively top + (bottom - top) · dy, both rows left + (right - left) · dx.</summary>
internal static class TensorFlowBilinear
{
    public static PixelBuffer<float> Resize<T>(PixelRegion<T> source, TensorFlowAxis columns, TensorFlowAxis rows)
        where T : unmanaged
    {
        var result = new PixelBuffer<float>(columns.Count, rows.Count, source.Channels);
        var across = new Pair[columns.Count];
        for (var x = 0; x < across.Length; x++)
        {
            across[x] = Pair.At(columns, x);
        }

        for (var y = 0; y < result.Height; y++)
        {
            var down = Pair.At(rows, y);
            Interpolate(source.Row(down.Lower), source.Row(down.Upper), result.Row(y), across, down.Share, source.Channels);
        }

        return result;
    }

    private static void Interpolate<T>(ReadOnlySpan<T> upper, ReadOnlySpan<T> lower, Span<float> target, ReadOnlySpan<Pair> across, float share, int channels)
        where T : unmanaged
    {
        var index = 0;
        foreach (var pair in across)
        {
            var left = pair.Lower * channels;
            var right = pair.Upper * channels;
            for (var channel = 0; channel < channels; channel++)
            {
                var top = Between(upper[left + channel], upper[right + channel], pair.Share);
                var bottom = Between(lower[left + channel], lower[right + channel], pair.Share);
                target[index++] = top + ((bottom - top) * share);
            }
        }
    }

    private static float Between<T>(T from, T to, float share)
        where T : unmanaged
    {
        var start = PixelConversion.ToSingle(from);
        return start + ((PixelConversion.ToSingle(to) - start) * share);
    }

    /// <summary>The source pixels on both sides of a result's pixel, and how far it lies from the lower to the upper one.</summary>
    private readonly record struct Pair(int Lower, int Upper, float Share)
    {
        public static Pair At(TensorFlowAxis axis, int index)
        {
            var position = axis.Position(index);
            var floor = MathF.Floor(position);
            return new Pair(Math.Max((int)floor, 0), Math.Min((int)MathF.Ceiling(position), axis.Size - 1), position - floor);
        }
    }
}
