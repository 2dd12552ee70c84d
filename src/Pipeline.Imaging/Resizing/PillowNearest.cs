namespace Pipeline.Imaging.Resizing;

/// <summary>Pillow's nearest: positions are added up step by step in double precision, and cut.</summary>
internal static class PillowNearest
{
    public static PixelBuffer<byte> Resize(PixelRegion<byte> source, ResizeBox box, ResizeTarget target)
    {
        var window = target.Window;
        var columns = Positions((float)box.Left, (float)box.Right, target.Width, source.Width).AsSpan(window.Left, window.Width);
        var rows = Positions((float)box.Top, (float)box.Bottom, target.Height, source.Height).AsSpan(window.Top, window.Height);
        var result = new PixelBuffer<byte>(window.Width, window.Height, source.Channels);
        for (var y = 0; y < window.Height; y++)
        {
            NearestRow.Copy(source.Row(rows[y]), result.Row(y), columns, source.Channels);
        }

        return result;
    }

    private static int[] Positions(float from, float to, int count, int size)
    {
        var step = (double)(to - from) / count;
        var position = from + (step * 0.5);
        var positions = new int[count];
        for (var index = 0; index < count; index++)
        {
            positions[index] = Math.Min((int)position, size - 1);
            position += step;
        }

        return positions;
    }
}
