namespace Pipeline.Imaging.Orientation;

/// <summary>Turns and mirrors a picture so that it stands as its EXIF orientation says; no pixel is resampled.</summary>
internal static class PictureTurner
{
    /// <summary>Pixels of a tile's side: rows of the one picture become columns of the other, so both are visited in tiles that stay in the cache.</summary>
    private const int Tile = 32;

    /// <param name="orientation">1 to 8; 5 to 8 exchange width and height.</param>
    /// <returns>The same picture for 1, else a new one.</returns>
    public static PixelBuffer<byte> Turn(PixelBuffer<byte> image, int orientation)
    {
        if (orientation == ExifOrientation.Default)
        {
            return image;
        }

        // Where the first pixel of the result lies in the source, and how far the source moves for a step right and down in the result.
        var (width, height, channels) = (image.Width, image.Height, image.Channels);
        var right = channels;
        var down = image.RowLength;
        var lastColumn = (width - 1) * right;
        var lastRow = (height - 1) * down;
        var (start, stepX, stepY) = orientation switch
        {
            2 => (lastColumn, -right, down),
            3 => (lastColumn + lastRow, -right, -down),
            4 => (lastRow, right, -down),
            5 => (0, down, right),
            6 => (lastRow, -down, right),
            7 => (lastColumn + lastRow, -down, -right),
            8 => (lastColumn, down, -right),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation), orientation, "An EXIF orientation is 1 to 8."),
        };
        var turned = orientation < 5 ? PixelBuffer<byte>.Uninitialized(width, height, channels) : PixelBuffer<byte>.Uninitialized(height, width, channels);
        for (var top = 0; top < turned.Height; top += Tile)
        {
            for (var left = 0; left < turned.Width; left += Tile)
            {
                CopyTile(image.Values, start + (left * stepX) + (top * stepY), stepX, stepY, turned, left, top);
            }
        }

        return turned;
    }

    private static void CopyTile(ReadOnlySpan<byte> source, int start, int stepX, int stepY, PixelBuffer<byte> turned, int left, int top)
    {
        var channels = turned.Channels;
        var rows = Math.Min(Tile, turned.Height - top);
        var columns = Math.Min(Tile, turned.Width - left);
        for (var y = 0; y < rows; y++)
        {
            var target = turned.Row(top + y).Slice(left * channels, columns * channels);
            var from = start + (y * stepY);
            for (var x = 0; x < target.Length; x += channels)
            {
                for (var channel = 0; channel < channels; channel++)
                {
                    target[x + channel] = source[from + channel];
                }

                from += stepX;
            }
        }
    }
}
