namespace Pipeline.Imaging.Decoding;

/// <summary>
/// A GIF: Skia's pixels where the first frame is opaque. Where it is not, or does not cover the canvas, Skia gives transparent black, and the
/// references the palette's colours or a smaller picture.
/// </summary>
internal sealed class GifFile : ImageFile
{
    private readonly GifFrame _frame;

    private GifFile(ImageHeader header, GifFrame frame)
        : base(header)
    {
        _frame = frame;
    }

    /// <summary>The frame's indices and its code table.</summary>
    public override long ExtraMemory => ((long)_frame.Width * _frame.Height) + (1 << 16);

    /// <summary>Transparent where one entry is, and where the frame leaves something of the canvas open.</summary>
    public static GifFile Parse(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        var (width, height, frames, frame) = GifWalk.Run(file, limits);
        return new GifFile(new ImageHeader(ImageFormat.Gif, width, height, frames, frame.TransparentIndex is not null, 1), frame);
    }

    public override PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock)
    {
        using var codec = SkiaCodec.Open(ImageFormat.Gif, file, clock);
        var image = codec.DecodeWhole(Header.Width, Header.Height, options.AcceptTruncated);
        if (options.Reference == PixelReference.TensorFlow)
        {
            return Header.Frames == 1 ? Cut(image) : image;
        }

        FillFromPalette(image.Values, file.Span.Slice(_frame.PaletteOffset, _frame.PaletteEntries * 3));
        return image;
    }

    /// <summary>Pillow begins with a canvas of the transparent entry, or of the first where none is transparent, and keeps the palette's colours.</summary>
    private void FillFromPalette(Span<byte> pixels, ReadOnlySpan<byte> palette)
    {
        var entry = _frame.TransparentIndex ?? 0;
        ReadOnlySpan<byte> color = entry < _frame.PaletteEntries ? palette.Slice(entry * 3, 3) : [0, 0, 0];
        var alpha = _frame.TransparentIndex is null ? byte.MaxValue : byte.MinValue;
        for (var index = 0; index < pixels.Length; index += 4)
        {
            if (pixels[index + 3] == 0)
            {
                color.CopyTo(pixels[index..]);
                pixels[index + 3] = alpha;
            }
        }
    }

    /// <summary>TensorFlow gives a lone frame's size to the picture, and paints the frame where it lies on the canvas.</summary>
    private PixelBuffer<byte> Cut(PixelBuffer<byte> image)
    {
        if (_frame.Width == image.Width && _frame.Height == image.Height)
        {
            return image;
        }

        var cut = new PixelBuffer<byte>(_frame.Width, _frame.Height, image.Channels);
        for (var y = 0; y < cut.Height; y++)
        {
            image.Row(y)[..cut.RowLength].CopyTo(cut.Row(y));
        }

        return cut;
    }
}
