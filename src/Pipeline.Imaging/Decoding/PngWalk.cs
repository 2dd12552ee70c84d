using System.Buffers.Binary;
using System.IO.Hashing;
using Pipeline.Imaging.Orientation;

namespace Pipeline.Imaging.Decoding;

/// <summary>What the chunks of a PNG say. No pixel is inflated, and only the chunks that pixels need reach the decoder.</summary>
internal sealed class PngWalk
{
    public const int Gray = 0;
    public const int Palette = 3;
    public const int GrayAlpha = 4;
    public const int RgbAlpha = 6;

    private const int SignatureLength = 8;

    /// <summary>Length, type and CRC.</summary>
    private const int ChunkOverhead = 12;

    private int? _exifOrientation;
    private int? _textOrientation;
    private int? _xmpOrientation;
    private int _paletteEntries;
    private bool _hasOthers;
    private bool _hasTextProfile;

    private PngWalk()
    {
    }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public int Depth { get; private set; }

    public int ColorType { get; private set; }

    /// <summary>Of an animation; 1 without one.</summary>
    public int Frames { get; private set; } = 1;

    /// <summary>True where there is a tRNS chunk.</summary>
    public bool HasTransparency { get; private set; }

    /// <summary>True where a gAMA or sRGB chunk says another gamma than 1.</summary>
    public bool HasGamma { get; private set; }

    /// <summary>Bytes of <see cref="Core"/> where it is a copy, else 0.</summary>
    public long CoreLength { get; private set; }

    public int Orientation => _exifOrientation ?? _textOrientation ?? _xmpOrientation ?? ExifOrientation.Default;

    /// <summary>A palette with fewer entries than the depth can index: the missing ones are black.</summary>
    private bool IsPaletteShort => ColorType == Palette && _paletteEntries > 0 && _paletteEntries < 1 << Depth;

    /// <exception cref="InvalidImageException">Not a PNG's structure.</exception>
    /// <exception cref="ImageLimitException">More chunks than the limit.</exception>
    public static PngWalk Run(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        var walk = new PngWalk();
        var hadData = false;
        var wasData = false;
        var chunks = 0;
        foreach (var chunk in new PngChunks(file))
        {
            if (chunks == 0)
            {
                walk.ReadHeader(chunk);
            }

            if (++chunks > limits.MaxChunks)
            {
                throw new ImageLimitException(ImageLimit.Chunks, chunks, limits.MaxChunks);
            }

            var isData = chunk.Is("IDAT"u8);
            if (isData && hadData && !wasData)
            {
                throw new InvalidImageException(ImageFormat.Png, $"a chunk lies between its IDAT chunks, before byte {chunk.Position}");
            }

            hadData |= isData;
            wasData = isData;
            walk.Read(chunk);
            walk._hasOthers |= !IsCore(chunk);
        }

        if (chunks == 0)
        {
            throw new InvalidImageException(ImageFormat.Png, $"it ends behind {file.Length} bytes, before its header");
        }

        walk.CoreLength = walk._hasOthers || walk.IsPaletteShort ? file.Length + (3L << 8) : 0;
        return walk;
    }

    /// <summary>The file with nothing but header, palette, transparency and data: metadata costs nothing and changes no pixel.</summary>
    public ReadOnlyMemory<byte> Core(ReadOnlyMemory<byte> file)
    {
        if (CoreLength == 0)
        {
            return file;
        }

        var core = new byte[CoreLength];
        file.Span[..SignatureLength].CopyTo(core);
        var length = SignatureLength;
        var isFilled = !IsPaletteShort;
        foreach (var chunk in new PngChunks(file.Span))
        {
            if (chunk.Is("PLTE"u8) && !isFilled && chunk.Data.Length < 3 << Depth)
            {
                // Only the first: a second one is an error that the decoder finds.
                isFilled = true;
                length += WritePalette(chunk.Data, core.AsSpan(length));
            }
            else if (IsCore(chunk))
            {
                chunk.Bytes.CopyTo(core.AsSpan(length));
                length += chunk.Bytes.Length;
            }
        }

        return core.AsMemory(0, length);
    }

    private static bool IsCore(PngChunk chunk) =>
        chunk.Is("IHDR"u8) || chunk.Is("PLTE"u8) || chunk.Is("tRNS"u8) || chunk.Is("IDAT"u8) || chunk.Is("IEND"u8);

    private int WritePalette(ReadOnlySpan<byte> entries, Span<byte> target)
    {
        var length = 3 << Depth;
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        "PLTE"u8.CopyTo(target[4..]);
        var data = target.Slice(8, length);
        data.Clear();
        entries.CopyTo(data);
        BinaryPrimitives.WriteUInt32BigEndian(target[(8 + length)..], Crc32.HashToUInt32(target.Slice(4, 4 + length)));
        return length + ChunkOverhead;
    }

    private void ReadHeader(PngChunk chunk)
    {
        if (!chunk.Is("IHDR"u8) || chunk.Data.Length != 13)
        {
            throw new InvalidImageException(ImageFormat.Png, "it does not begin with a header (IHDR) of 13 bytes");
        }

        var data = chunk.Data;
        var width = BinaryPrimitives.ReadUInt32BigEndian(data);
        var height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        if (width is 0 or > int.MaxValue || height is 0 or > int.MaxValue)
        {
            throw new InvalidImageException(ImageFormat.Png, $"its size is {width} x {height}; both must be 1 to 2147483647");
        }

        (Width, Height, Depth, ColorType) = ((int)width, (int)height, data[8], data[9]);
        var isAllowed = ColorType switch
        {
            Gray => Depth is 1 or 2 or 4 or 8 or 16,
            Palette => Depth is 1 or 2 or 4 or 8,
            2 or GrayAlpha or RgbAlpha => Depth is 8 or 16,
            _ => false,
        };
        if (!isAllowed)
        {
            throw new InvalidImageException(ImageFormat.Png, $"colour type {ColorType} with {Depth} bits a sample does not exist");
        }

        if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        {
            throw new InvalidImageException(ImageFormat.Png, $"compression {data[10]}, filter {data[11]}, interlace {data[12]} do not exist");
        }
    }

    private void Read(PngChunk chunk)
    {
        var data = chunk.Data;
        if (chunk.Is("PLTE"u8))
        {
            _paletteEntries = _paletteEntries > 0 ? _paletteEntries : data.Length / 3;
        }
        else if (chunk.Is("tRNS"u8))
        {
            HasTransparency |= ColorType is not (GrayAlpha or RgbAlpha);
        }
        else if (chunk.Is("sRGB"u8))
        {
            HasGamma = true;
        }
        else if (chunk.Is("gAMA"u8) && data.Length == 4)
        {
            HasGamma |= BinaryPrimitives.ReadUInt32BigEndian(data) != 100_000;
        }
        else if (chunk.Is("acTL"u8) && data.Length == 8)
        {
            Frames = (int)Math.Clamp(BinaryPrimitives.ReadUInt32BigEndian(data), 1, int.MaxValue);
        }
        else
        {
            ReadOrientation(chunk, data);
        }
    }

    private void ReadOrientation(PngChunk chunk, ReadOnlySpan<byte> data)
    {
        if (chunk.Is("eXIf"u8))
        {
            _exifOrientation ??= ExifOrientation.Read(data.StartsWith("Exif\0\0"u8) ? data[6..] : data);
        }
        else if (!_hasTextProfile && data.StartsWith(TextProfileOrientation.Keyword) && (chunk.Is("tEXt"u8) || chunk.Is("zTXt"u8)))
        {
            // The first one counts, so that no file has many inflated.
            _hasTextProfile = true;
            _textOrientation = chunk.Is("tEXt"u8) ? TextProfileOrientation.Read(data) : TextProfileOrientation.ReadCompressed(data);
        }
        else if (chunk.Is("iTXt"u8) && data.StartsWith("XML:com.adobe.xmp\0\0"u8))
        {
            _xmpOrientation ??= XmpOrientation.Read(data);
        }
    }
}
