using System.Buffers.Binary;
using Pipeline.Imaging.Orientation;

namespace Pipeline.Imaging.Decoding;

/// <summary>What the chunks of a WebP say: VP8, VP8L or the extended header, animation frames, EXIF and XMP.</summary>
internal static class WebPWalk
{
    private const int FirstChunk = 12;
    private const int HeadLength = 8;
    private const byte AlphaFlag = 0x10;
    private const byte ExifFlag = 0x08;
    private const byte XmpFlag = 0x04;

    /// <exception cref="InvalidImageException">Not a WebP's structure.</exception>
    /// <exception cref="ImageLimitException">More chunks than the limit.</exception>
    public static ImageHeader Run(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        file = file[..(int)Math.Min(HeadLength + (long)ClaimedLength(file), file.Length)];
        if (file.Length < FirstChunk + HeadLength)
        {
            throw new InvalidImageException(ImageFormat.WebP, $"it has or claims {file.Length} bytes, too few for a picture");
        }

        var first = file[FirstChunk..];
        var data = Data(file, FirstChunk);
        return first[..4] switch
        {
            var type when type.SequenceEqual("VP8 "u8) => Lossy(data),
            var type when type.SequenceEqual("VP8L"u8) => Lossless(data),
            var type when type.SequenceEqual("VP8X"u8) => Extended(file, data, limits),
            _ => throw new InvalidImageException(ImageFormat.WebP, "its first chunk is none of VP8, VP8L and VP8X"),
        };
    }

    /// <summary>Bytes behind the first eight, as the file claims.</summary>
    public static uint ClaimedLength(ReadOnlySpan<byte> file) => BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);

    private static ImageHeader Lossy(ReadOnlySpan<byte> data)
    {
        if (data.Length < 10 || (data[0] & 1) != 0 || !data.Slice(3, 3).SequenceEqual<byte>([0x9D, 0x01, 0x2A]))
        {
            throw new InvalidImageException(ImageFormat.WebP, "its VP8 chunk does not begin with a key frame");
        }

        // The upper two bits of each are a scale that decoders ignore.
        var width = BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF;
        var height = BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF;
        return width == 0 || height == 0
            ? throw new InvalidImageException(ImageFormat.WebP, $"its size is {width} x {height}")
            : new ImageHeader(ImageFormat.WebP, width, height, 1, false, ExifOrientation.Default);
    }

    private static ImageHeader Lossless(ReadOnlySpan<byte> data)
    {
        if (data.Length < 5 || data[0] != 0x2F)
        {
            throw new InvalidImageException(ImageFormat.WebP, "its VP8L chunk does not begin with the signature");
        }

        var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[1..]);
        return new ImageHeader(ImageFormat.WebP, (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1, 1, (bits & 0x1000_0000) != 0, ExifOrientation.Default);
    }

    private static ImageHeader Extended(ReadOnlySpan<byte> file, ReadOnlySpan<byte> data, DecodeLimits limits)
    {
        if (data.Length < 10)
        {
            throw new InvalidImageException(ImageFormat.WebP, $"its VP8X chunk has {data.Length} bytes, 10 are needed");
        }

        var flags = data[0];
        var width = 1 + (BinaryPrimitives.ReadUInt16LittleEndian(data[4..]) | (data[6] << 16));
        var height = 1 + (BinaryPrimitives.ReadUInt16LittleEndian(data[7..]) | (data[9] << 16));
        int? exif = null;
        int? xmp = null;
        var frames = 0;
        var chunks = 0;
        for (var position = (long)FirstChunk; position + HeadLength <= file.Length; chunks++)
        {
            if (chunks >= limits.MaxChunks)
            {
                throw new ImageLimitException(ImageLimit.Chunks, chunks + 1L, limits.MaxChunks);
            }

            var at = (int)position;
            var type = file.Slice(at, 4);
            var content = Data(file, at);
            frames += type.SequenceEqual("ANMF"u8) ? 1 : 0;
            if ((flags & ExifFlag) != 0 && type.SequenceEqual("EXIF"u8))
            {
                exif ??= ExifOrientation.Read(content.StartsWith("Exif\0\0"u8) ? content[6..] : content);
            }
            else if ((flags & XmpFlag) != 0 && type.SequenceEqual("XMP "u8))
            {
                xmp ??= XmpOrientation.Read(content);
            }

            // Chunks are padded to an even length.
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            position += HeadLength + length + (length & 1);
        }

        return new ImageHeader(ImageFormat.WebP, width, height, Math.Max(frames, 1), (flags & AlphaFlag) != 0, exif ?? xmp ?? ExifOrientation.Default);
    }

    /// <summary>What is there of a chunk's data.</summary>
    private static ReadOnlySpan<byte> Data(ReadOnlySpan<byte> file, int position)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(position + 4)..]);
        var data = file[(position + HeadLength)..];
        return data[..(int)Math.Min(length, data.Length)];
    }
}
