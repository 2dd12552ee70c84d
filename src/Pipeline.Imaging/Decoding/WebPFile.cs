namespace Pipeline.Imaging.Decoding;

/// <summary>A WebP: the pixels of libwebp are those of every reference.</summary>
internal sealed class WebPFile : ImageFile
{
    private readonly bool _endsEarly;

    private WebPFile(ImageHeader header, bool endsEarly)
        : base(header)
    {
        _endsEarly = endsEarly;
    }

    public override bool EndsEarly => _endsEarly;

    /// <summary>libwebp's own picture: four bytes a pixel when lossless, planes and a few rows when lossy.</summary>
    public override long ExtraMemory => 4L * Header.Width * Header.Height;

    public static WebPFile Parse(ReadOnlySpan<byte> file, DecodeLimits limits) =>
        new(WebPWalk.Run(file, limits), WebPWalk.ClaimedLength(file) > file.Length - 8);

    public override PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock)
    {
        using var codec = SkiaCodec.Open(ImageFormat.WebP, file, clock);
        var image = codec.DecodeWhole(Header.Width, Header.Height, options.AcceptTruncated);
        if (!Header.HasAlpha)
        {
            // What a first frame does not cover of an animation's canvas is black, and transparent only where the file has alpha at all.
            PixelChannels.FillAlpha(image.Values, byte.MaxValue);
        }

        return image;
    }
}
