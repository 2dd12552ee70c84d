using System.Buffers.Binary;

namespace Pipeline.Imaging.Decoding;

/// <summary>Goes from block to block of a GIF; no code is expanded.</summary>
internal ref struct GifWalk
{
    private const int HeaderLength = 13;
    private const byte Extension = 0x21;
    private const byte Image = 0x2C;
    private const byte GraphicControl = 0xF9;
    private const int DescriptorLength = 9;

    private readonly ReadOnlySpan<byte> _file;
    private (int Offset, int Entries)? _globalPalette;
    private int? _transparentIndex;
    private GifFrame? _first;

    private GifWalk(ReadOnlySpan<byte> file)
    {
        _file = file;
    }

    /// <returns>The canvas, which grows with a first frame that passes its edges; how many frames there are; and the first.</returns>
    /// <exception cref="InvalidImageException">No frame, or a first one of no size or no palette.</exception>
    /// <exception cref="ImageLimitException">More blocks than the limit.</exception>
    public static (int Width, int Height, int Frames, GifFrame First) Run(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        if (file.Length < HeaderLength)
        {
            throw new InvalidImageException(ImageFormat.Gif, $"it ends behind {file.Length} bytes, before its header does");
        }

        var walk = new GifWalk(file);
        var frames = walk.Walk(limits);
        var first = walk._first ?? throw new InvalidImageException(ImageFormat.Gif, "it has no frame");
        var width = Math.Max(BinaryPrimitives.ReadUInt16LittleEndian(file[6..]), first.Left + first.Width);
        var height = Math.Max(BinaryPrimitives.ReadUInt16LittleEndian(file[8..]), first.Top + first.Height);
        return (width, height, frames, first);
    }

    private int Walk(DecodeLimits limits)
    {
        var position = HeaderLength;
        _globalPalette = Palette(_file[10], ref position);
        var frames = 0;
        for (var blocks = 1; position < _file.Length; blocks++)
        {
            if (blocks > limits.MaxChunks)
            {
                throw new ImageLimitException(ImageLimit.Chunks, blocks, limits.MaxChunks);
            }

            switch (_file[position++])
            {
                case Extension:
                    ReadExtension(ref position);
                    break;
                case Image when _file.Length - position >= DescriptorLength:
                    ReadImage(ref position);
                    frames++;
                    break;
                default:
                    // The trailer, or bytes that are none of the format's: what is before them counts.
                    return frames;
            }
        }

        return frames;
    }

    private void ReadExtension(ref int position)
    {
        if (_file.Length - position >= 6 && _file[position] == GraphicControl && _file[position + 1] == 4)
        {
            _transparentIndex = (_file[position + 2] & 1) != 0 ? _file[position + 5] : null;
        }

        position++;
        SkipSubBlocks(ref position);
    }

    private void ReadImage(ref int position)
    {
        var descriptor = _file.Slice(position, DescriptorLength);
        position += DescriptorLength;
        var palette = Palette(descriptor[8], ref position) ?? _globalPalette;
        if (_first is null)
        {
            _first = First(descriptor, palette);
        }

        // The code size, then the codes.
        position++;
        SkipSubBlocks(ref position);
    }

    private readonly GifFrame First(ReadOnlySpan<byte> descriptor, (int Offset, int Entries)? palette)
    {
        var left = BinaryPrimitives.ReadUInt16LittleEndian(descriptor);
        var top = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[2..]);
        var width = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[4..]);
        var height = BinaryPrimitives.ReadUInt16LittleEndian(descriptor[6..]);
        if (width == 0 || height == 0)
        {
            throw new InvalidImageException(ImageFormat.Gif, $"its first frame is {width} x {height} pixels");
        }

        var (offset, entries) = palette ?? throw new InvalidImageException(ImageFormat.Gif, "neither it nor its first frame has a palette");
        return new GifFrame(left, top, width, height, offset, entries, _transparentIndex);
    }

    /// <summary>Where the flags announce a palette: where it lies, and how many of its entries are there; the position moves behind it.</summary>
    private readonly (int Offset, int Entries)? Palette(byte flags, ref int position)
    {
        if ((flags & 0x80) == 0)
        {
            return null;
        }

        var entries = 2 << (flags & 7);
        var offset = position;
        position += entries * 3;
        return position <= _file.Length
            ? (offset, entries)
            : throw new InvalidImageException(ImageFormat.Gif, $"a palette of {entries} entries at byte {offset} passes the end of the file at {_file.Length}");
    }

    private readonly void SkipSubBlocks(ref int position)
    {
        while (position < _file.Length && _file[position] != 0)
        {
            position += _file[position] + 1;
        }

        position++;
    }
}
