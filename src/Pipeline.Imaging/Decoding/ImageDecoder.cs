using Pipeline.Imaging.Orientation;

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
        var header = ImageFile.Parse(file, limits, new DecodeClock(_timeProvider, limits.MaxTime, CancellationToken.None)).Header;
        CheckSize(header, limits);
        return header;
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
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(options);
        var clock = new DecodeClock(_timeProvider, limits.MaxTime, cancellationToken);
        var parsed = ImageFile.Parse(file.Span, limits, clock);
        var header = parsed.Header;
        CheckSize(header, limits);
        CheckMemory(parsed, limits, options);
        if (parsed.EndsEarly && !options.AcceptTruncated)
        {
            throw new InvalidImageException(header.Format, $"it ends early, behind {file.Length} bytes");
        }

        var image = PixelColors.Convert(parsed.Decode(file, options, clock), options, header.Format);
        clock.ThrowIfOver();
        return options.ApplyOrientation ? PictureTurner.Turn(image, header.Orientation) : image;
    }

    private static void CheckSize(ImageHeader header, DecodeLimits limits)
    {
        var side = Math.Max(header.Width, header.Height);
        if (side > limits.MaxSide)
        {
            throw new ImageLimitException(ImageLimit.Side, side, limits.MaxSide);
        }

        var pixels = (long)header.Width * header.Height;
        if (pixels > limits.MaxPixels)
        {
            throw new ImageLimitException(ImageLimit.Pixels, pixels, limits.MaxPixels);
        }
    }

    /// <summary>The decoder's buffers and the result live at once; the picture as it is turned takes the place of the decoder's.</summary>
    private static void CheckMemory(ImageFile parsed, DecodeLimits limits, DecodeOptions options)
    {
        var pixels = (long)parsed.Header.Width * parsed.Header.Height;
        var channels = options.Color switch { PixelColor.Rgba => 4, PixelColor.Rgb => 3, _ => 1 };
        var widest = pixels * Math.Max(channels, parsed.WorkingChannels);
        if (widest > Array.MaxLength)
        {
            throw new ImageLimitException(ImageLimit.Memory, widest, Array.MaxLength);
        }

        var turning = options.ApplyOrientation && parsed.Header.Orientation != ExifOrientation.Default ? pixels * channels : 0;
        var needed = Math.Max((pixels * parsed.WorkingChannels) + parsed.ExtraMemory, turning) + (pixels * channels);
        if (needed > limits.MaxMemory)
        {
            throw new ImageLimitException(ImageLimit.Memory, needed, limits.MaxMemory);
        }
    }
}
