using System.Buffers.Binary;
using Pipeline.Imaging.Decoding;

namespace Pipeline.Fixtures.Kinds;

/// <summary>A picture's bytes and what they tell of the places where OpenCV's pixels are those of no other reference.</summary>
public sealed class DecodeSource
{
    private static readonly DecodeOptions Pillow = new() { ApplyOrientation = false, Color = PixelColor.Rgba };

    private readonly ImageDecoder _decoder;

    public DecodeSource(ImageDecoder decoder, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(file);
        _decoder = decoder;
        File = file;
        Header = decoder.Identify(file, DecodeLimits.Default);
    }

    public ReadOnlyMemory<byte> File { get; }

    public ImageHeader Header { get; }

    /// <summary>What OpenCV does differently with this kind of file, or null.</summary>
    public string? OpenCvDiffersIn => Header.Format switch
    {
        ImageFormat.Jpeg when JpegComponents() == 4 => "conversion of CMYK",
        ImageFormat.Png when Header.Frames > 1 && IsDefaultPictureApart() => "first frame of an APNG whose default picture is none of its frames",
        ImageFormat.Gif when HasTransparentPixels() => "background of a GIF that is not opaque",
        ImageFormat.Bmp when File.Span[28] == 16 => "channels of 5 bits",
        ImageFormat.Bmp when File.Span[30] == 3 && BinaryPrimitives.ReadUInt32LittleEndian(File.Span[54..]) != 0xFF0000 => "BMP masks",
        _ => null,
    };

    /// <summary>Where OpenCV finds another orientation than Pillow, or null.</summary>
    public string? OpenCvTurnsDifferently => Header.Format switch
    {
        ImageFormat.Jpeg when File.Span.IndexOf("tiff:Orientation"u8) >= 0 => "ignoring of an orientation told by XMP",
        ImageFormat.Jpeg when HasOrientationOfOneByte() => "orientation of type BYTE",
        ImageFormat.Png when File.Span.IndexOf("Raw profile type exif"u8) >= 0 => "ignoring of EXIF in a text chunk",
        ImageFormat.Png or ImageFormat.WebP when File.Span.IndexOf("Exif\0\0"u8) >= 0 => "ignoring of EXIF with JPEG's prefix",
        _ => null,
    };

    private int JpegComponents()
    {
        for (var position = 2; position + 10 < File.Length;)
        {
            var marker = File.Span[position + 1];
            if (marker is >= 0xC0 and <= 0xC2)
            {
                return File.Span[position + 9];
            }

            position += 2 + BinaryPrimitives.ReadUInt16BigEndian(File.Span[(position + 2)..]);
        }

        return 3;
    }

    private bool IsDefaultPictureApart()
    {
        var frameControl = File.Span.IndexOf("fcTL"u8);
        return frameControl < 0 || frameControl > File.Span.IndexOf("IDAT"u8);
    }

    private bool HasOrientationOfOneByte() =>
        File.Span.IndexOf<byte>([0x12, 0x01, 1, 0]) >= 0 || File.Span.IndexOf<byte>([0x01, 0x12, 0, 1]) >= 0;

    private bool HasTransparentPixels()
    {
        var tensorFlows = _decoder.Decode(File, DecodeLimits.Default, Pillow with { Reference = PixelReference.TensorFlow }, CancellationToken.None);
        return tensorFlows.Width != Header.Width || tensorFlows.Height != Header.Height || IsAnyTransparent(tensorFlows.Values);
    }

    private static bool IsAnyTransparent(ReadOnlySpan<byte> rgba)
    {
        for (var index = 3; index < rgba.Length; index += 4)
        {
            if (rgba[index] != byte.MaxValue)
            {
                return true;
            }
        }

        return false;
    }
}
