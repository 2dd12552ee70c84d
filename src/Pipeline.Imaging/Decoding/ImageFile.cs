namespace Pipeline.Imaging.Decoding;

/// <summary>
/// A file whose container has been walked over by managed code: what its header says, and what must be known beyond that to give the pixels
/// of the references. One derived type a format.
/// </summary>
internal abstract class ImageFile
{
    protected ImageFile(ImageHeader header)
    {
        Header = header;
    }

    public ImageHeader Header { get; }

    /// <summary>True where the container shows that the picture ends early.</summary>
    public virtual bool EndsEarly => false;

    /// <summary>How many elements a pixel of the decoded buffer has before colours are converted: 3 or 4.</summary>
    public virtual int WorkingChannels => 4;

    /// <summary>Bytes that decoding needs beside the buffer of <see cref="WorkingChannels"/>.</summary>
    public abstract long ExtraMemory { get; }

    /// <summary>Walks over the container.</summary>
    /// <exception cref="ImageException">Not a picture, not one that is decoded, damaged, or over a limit.</exception>
    public static ImageFile Parse(ReadOnlySpan<byte> file, DecodeLimits limits, DecodeClock clock)
    {
        clock.ThrowIfOver();
        ImageFile parsed = ImageSignature.Recognize(file) switch
        {
            ImageFormat.Jpeg => JpegFile.Parse(file, limits),
            ImageFormat.Png => PngFile.Parse(file, limits),
            ImageFormat.WebP => WebPFile.Parse(file, limits),
            ImageFormat.Gif => GifFile.Parse(file, limits),
            _ => BmpFile.Parse(file),
        };
        clock.ThrowIfOver();
        return parsed;
    }

    /// <summary>The first frame in <see cref="WorkingChannels"/> channels, not turned, with the pixels of <see cref="DecodeOptions.Reference"/>.</summary>
    public abstract PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock);
}
