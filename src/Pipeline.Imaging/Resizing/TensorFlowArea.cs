namespace Pipeline.Imaging.Resizing;

/// <summary>ResizeArea: the mean over the source area that a pixel covers, pixels at its edges counted by their covered share.</summary>
internal static class TensorFlowArea
{
    public static PixelBuffer<float> Resize<T>(PixelRegion<T> source, TensorFlowAxis columns, TensorFlowAxis rows)
        where T : unmanaged
    {
        var result = new PixelBuffer<float>(columns.Count, rows.Count, source.Channels);
        var sums = new float[source.Width * source.Channels];
        var factor = 1f / (columns.Scale * rows.Scale);
        for (var y = 0; y < result.Height; y++)
        {
            // The rows are added first, each row of the source once for a row of the result; then every pixel adds its columns.
            Array.Clear(sums);
            var down = Coverage.At(rows, y);
            for (var row = down.Start; row < down.End; row++)
            {
                PixelConversion.AddScaled(source.Row(Math.Min(row, source.Height - 1)), down.Weight(row), sums);
            }

            AddColumns(sums, result.Row(y), columns, source.Channels, factor);
        }

        return result;
    }

    private static void AddColumns(ReadOnlySpan<float> sums, Span<float> target, TensorFlowAxis columns, int channels, float factor)
    {
        target.Clear();
        for (var x = 0; x < columns.Count; x++)
        {
            var across = Coverage.At(columns, x);
            var pixel = target.Slice(x * channels, channels);
            for (var column = across.Start; column < across.End; column++)
            {
                var weight = across.Weight(column) * factor;
                var from = sums.Slice(Math.Min(column, columns.Size - 1) * channels, channels);
                for (var channel = 0; channel < channels; channel++)
                {
                    pixel[channel] += from[channel] * weight;
                }
            }
        }
    }

    /// <summary>The source pixels that a result's pixel covers. Rounding may let the last ones pass the edge: they repeat it.</summary>
    private readonly record struct Coverage(float From, float To, float Scale)
    {
        public int Start => (int)MathF.Floor(From);

        public int End => (int)MathF.Ceiling(To);

        public static Coverage At(TensorFlowAxis axis, int index) => new(axis.Edge(index), axis.Edge(index + 1), axis.Scale);

        public float Weight(int pixel) => (pixel < From, pixel + 1 > To) switch
        {
            (true, true) => Scale,
            (true, false) => pixel + 1 - From,
            (false, true) => To - pixel,
            _ => 1,
        };
    }
}
