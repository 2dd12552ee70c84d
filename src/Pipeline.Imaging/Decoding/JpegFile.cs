
namespace Pipeline.Imaging.Decoding;

/// <summary>Walks over the segments of a JPEG up to its end marker.</summary>
internal sealed class JpegFile : ImageFile
{
    private readonly bool _endsEarly;
    private readonly int _components;
    private readonly bool _keepsCoefficients;

    private JpegFile(ImageHeader header, bool endsEarly, int components, bool keepsCoefficients)
        : base(header)
    {
        _endsEarly = endsEarly;
        _components = components;
        _keepsCoefficients = keepsCoefficients;
    }

    public override bool EndsEarly => _endsEarly;

    public override int WorkingChannels => 3;

    /// <summary>A stripe of rows; with several scans also 16 bits for each coefficient of the whole picture.</summary>
    public override long ExtraMemory =>
        ((long)Header.Width * SkiaCodec.StripeRows * 4) + (_keepsCoefficients ? 2L * _components * Header.Width * Header.Height : 0);

    public static JpegFile Parse(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        var walk = new JpegWalk(file, limits);
        var frame = walk.Run();
        var header = new ImageHeader(ImageFormat.Jpeg, frame.Width, frame.Height, 1, false, walk.Orientation);
        return new JpegFile(header, walk.EndsEarly, frame.Components, frame.IsProgressive || walk.Scans > 1);
    }

    public override PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock)
    {
        if (options.Reference == PixelReference.TensorFlow)
        {
            throw new UnsupportedImageException("jpeg", "TensorFlow's JPEG pixels need the fast inverse DCT, which is not built");
        }

        using var codec = SkiaCodec.Open(ImageFormat.Jpeg, _endsEarly ? WithEnd(file) : file, clock);
        return codec.DecodeRows(Header.Width, Header.Height);
    }

    /// <summary>With an end marker the decoder fills what is missing as libjpeg does; without one it gives up.</summary>
    private static byte[] WithEnd(ReadOnlyMemory<byte> file) => [.. file.Span, 0xFF, JpegWalk.EndOfImage];
}
