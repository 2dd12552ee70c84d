namespace Pipeline.Imaging.Resizing;

/// <summary>TensorFlow's methods that weigh and add source pixels: rows first, then columns, in single precision and without rounding.</summary>
internal static class TensorFlowWeighted
{
    public static PixelBuffer<float> Resize<T>(PixelRegion<T> source, TensorFlowTaps columns, TensorFlowTaps rows)
        where T : unmanaged
    {
        var result = new PixelBuffer<float>(columns.Count, rows.Count, source.Channels);
        var sums = new float[source.Width * source.Channels];
        for (var y = 0; y < result.Height; y++)
        {
            Array.Clear(sums);
            var row = rows.Start(y);
            foreach (var weight in rows.Weights(y))
            {
                PixelConversion.AddScaled(source.Row(row++), weight, sums);
            }

            AddColumns(sums, result.Row(y), columns, source.Channels);
        }

        return result;
    }

    private static void AddColumns(ReadOnlySpan<float> sums, Span<float> target, TensorFlowTaps columns, int channels)
    {
        for (var x = 0; x < columns.Count; x++)
        {
            var pixel = target.Slice(x * channels, channels);
            var from = columns.Start(x) * channels;
            foreach (var weight in columns.Weights(x))
            {
                for (var channel = 0; channel < pixel.Length; channel++)
                {
                    pixel[channel] += sums[from++] * weight;
                }
            }
        }
    }
}
