namespace Pipeline.Imaging;

/// <summary>
/// A picture in memory: rows from top to bottom without gaps, channels interleaved (1 grey; 3 red, green, blue; 4 red, green, blue,
/// straight alpha), values on the scale 0..255. Its element type is that of the derived <see cref="PixelBuffer{T}"/>.
/// </summary>
public abstract class PixelBuffer
{
    private protected PixelBuffer(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (channels is not (1 or 3 or 4))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "A picture has 1, 3 or 4 channels.");
        }

        Width = width;
        Height = height;
        Channels = channels;
        RowLength = checked(width * channels);
        Length = checked(RowLength * height);
    }

    /// <summary>Pixels, 1 or more.</summary>
    public int Width { get; }

    /// <summary>Pixels, 1 or more.</summary>
    public int Height { get; }

    /// <summary>1, 3 or 4.</summary>
    public int Channels { get; }

    /// <summary>Elements of one row: width · channels.</summary>
    public int RowLength { get; }

    /// <summary>Elements of the picture: height · width · channels.</summary>
    public int Length { get; }

    /// <summary>Writes all values as they are, height · width · channels of them.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public abstract void CopyTo(Span<float> destination);
}
