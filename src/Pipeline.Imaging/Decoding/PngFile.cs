namespace Pipeline.Imaging.Decoding;

/// <summary>A PNG: Skia's pixels, corrected to those of Pillow or TensorFlow for the few kinds of file where they differ.</summary>
internal sealed class PngFile : ImageFile
{
    private readonly PngWalk _walk;

    private PngFile(ImageHeader header, PngWalk walk)
        : base(header)
    {
        _walk = walk;
    }

    /// <summary>The file without its metadata; 16-bit grey as four half-precision numbers a pixel; interlacing and filters take two rows.</summary>
    public override long ExtraMemory => _walk.CoreLength + (IsGray16 ? 8L * Header.Width * Header.Height : 16L * Header.Width);

    private bool IsGray16 => _walk is { ColorType: PngWalk.Gray, Depth: 16 };

    public static PngFile Parse(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        var walk = PngWalk.Run(file, limits);
        var hasAlpha = walk.HasTransparency || walk.ColorType is PngWalk.GrayAlpha or PngWalk.RgbAlpha;
        return new PngFile(new ImageHeader(ImageFormat.Png, walk.Width, walk.Height, walk.Frames, hasAlpha, walk.Orientation), walk);
    }

    public override PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock)
    {
        ThrowIfUnsupported(options);
        using var codec = SkiaCodec.Open(ImageFormat.Png, _walk.Core(file), clock);
        var image = IsGray16 && options.Reference == PixelReference.Pillow
            ? Clip(codec.DecodeHalves(Header.Width, Header.Height, options.AcceptTruncated), Header.Width, Header.Height)
            : codec.DecodeWhole(Header.Width, Header.Height, options.AcceptTruncated);
        if (options.Reference == PixelReference.Pillow)
        {
            CorrectForPillow(image);
        }
        else
        {
            CorrectForTensorFlow(image);
        }

        return image;
    }

    /// <summary>TensorFlow lets libpng make grey, which goes through linear light where the file says its gamma.</summary>
    private void ThrowIfUnsupported(DecodeOptions options)
    {
        if (options is not { Reference: PixelReference.TensorFlow, Color: PixelColor.Gray } || _walk.ColorType is PngWalk.Gray or PngWalk.GrayAlpha)
        {
            return;
        }

        if (_walk.HasGamma)
        {
            throw new UnsupportedImageException("png", "TensorFlow's grey of a colour picture with a gAMA or sRGB chunk is not built");
        }

        if (_walk.Depth == 16)
        {
            throw new UnsupportedImageException("png", "TensorFlow's grey of a 16-bit colour picture is not built");
        }
    }

    /// <summary>Pillow loses the transparent colour of 16-bit pictures and of 2- and 4-bit grey.</summary>
    private void CorrectForPillow(PixelBuffer<byte> image)
    {
        if (_walk.HasTransparency && (_walk.Depth == 16 || _walk is { ColorType: PngWalk.Gray, Depth: 2 or 4 }))
        {
            PixelChannels.FillAlpha(image.Values, byte.MaxValue);
        }
    }

    /// <summary>libpng adds the alpha that TensorFlow asks for before it widens the samples: opaque is the largest value of the stored depth.</summary>
    private void CorrectForTensorFlow(PixelBuffer<byte> image)
    {
        if (_walk is { HasTransparency: false, Depth: < 8 })
        {
            PixelChannels.FillAlpha(image.Values, (byte)((1 << _walk.Depth) - 1));
        }
    }

    /// <summary>
    /// Pillow converts 16-bit grey by clipping at 255. A half-precision number in 0..1 times 65535 tells every value up to 255 exactly.
    /// </summary>
    private static PixelBuffer<byte> Clip(Half[] values, int width, int height)
    {
        var image = new PixelBuffer<byte>(width, height, 4);
        var target = image.Values;
        for (var index = 0; index < target.Length; index++)
        {
            target[index] = (byte)Math.Min(MathF.Round((float)values[index] * ushort.MaxValue), byte.MaxValue);
        }

        PixelChannels.FillAlpha(target, byte.MaxValue);
        return image;
    }
}
