namespace Pipeline.Imaging.Resizing;

/// <summary>ResizeNearestNeighbor.</summary>
internal static class TensorFlowNearest
{
    public static PixelBuffer<T> Resize<T>(PixelRegion<T> source, TensorFlowAxis columns, TensorFlowAxis rows)
        where T : unmanaged
    {
        var result = new PixelBuffer<T>(columns.Count, rows.Count, source.Channels);
        var positions = columns.NearestAll();
        for (var y = 0; y < result.Height; y++)
        {
            NearestRow.Copy(source.Row(rows.Nearest(y)), result.Row(y), positions, source.Channels);
        }

        return result;
    }
}
