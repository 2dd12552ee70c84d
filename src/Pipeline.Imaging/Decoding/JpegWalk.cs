using System.Buffers.Binary;
using Pipeline.Imaging.Orientation;

namespace Pipeline.Imaging.Decoding;

/// <summary>Goes from marker to marker, as forgiving of bytes between segments as libjpeg, in time proportional to the file.</summary>
internal ref struct JpegWalk
{
    public const byte EndOfImage = 0xD9;

    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;

    private readonly ReadOnlySpan<byte> _file;
    private readonly DecodeLimits _limits;
    private JpegFrame? _frame;
    private bool _hasExif;
    private int? _orientation;
    private int? _xmpOrientation;

    public JpegWalk(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        _file = file;
        _limits = limits;
    }

    public int Scans { get; private set; }

    /// <summary>True where the file ends before its end marker.</summary>
    public bool EndsEarly { get; private set; }

    /// <summary>That of the first EXIF segment; where it does not say, that of the XMP packet.</summary>
    public readonly int Orientation => _orientation ?? _xmpOrientation ?? ExifOrientation.Default;

    public JpegFrame Run()
    {
        // Behind the start marker.
        var position = 2;
        for (var segments = 0; ; segments++)
        {
            if (segments > _limits.MaxChunks)
            {
                throw new ImageLimitException(ImageLimit.Chunks, segments, _limits.MaxChunks);
            }

            position = NextMarker(position);
            if (position >= _file.Length)
            {
                EndsEarly = true;
                break;
            }

            var marker = _file[position++];
            if (marker == EndOfImage)
            {
                break;
            }

            if (marker is 0x01 or 0xD8 or (>= 0xD0 and <= 0xD7))
            {
                continue;
            }

            var segment = Segment(position);
            Read(marker, segment, position - 2);
            position += segment.Length + 2;
            if (marker == StartOfScan)
            {
                position = BehindScan(position);
            }
        }

        return _frame is { } frame && Scans > 0
            ? frame
            : throw new InvalidImageException(ImageFormat.Jpeg, _frame is null ? "it has no frame header" : "it has no scan");
    }

    /// <summary>The position of the code behind the next 0xFF, fill bytes skipped.</summary>
    private readonly int NextMarker(int position)
    {
        while (position < _file.Length)
        {
            var found = _file[position..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                return _file.Length;
            }

            position += found + 1;
            while (position < _file.Length && _file[position] == 0xFF)
            {
                position++;
            }

            if (position < _file.Length && _file[position] != 0)
            {
                return position;
            }
        }

        return position;
    }

    /// <summary>The bytes of a segment behind its length; those that are there, where the file ends in it. A length below 2 counts as 2.</summary>
    private readonly ReadOnlySpan<byte> Segment(int position)
    {
        if (_file.Length - position < 2)
        {
            return [];
        }

        var length = Math.Max(BinaryPrimitives.ReadUInt16BigEndian(_file[position..]), (ushort)2) - 2;
        return _file.Slice(position + 2, Math.Min(length, _file.Length - position - 2));
    }

    /// <summary>The position of the next marker that is no restart.</summary>
    private readonly int BehindScan(int position)
    {
        while (true)
        {
            var code = NextMarker(position);
            if (code >= _file.Length || _file[code] is < 0xD0 or > 0xD7)
            {
                return code - 1;
            }

            position = code + 1;
        }
    }

    private void Read(byte marker, ReadOnlySpan<byte> segment, int position)
    {
        switch (marker)
        {
            case App1:
                ReadApp1(segment);
                break;
            case StartOfScan:
                Scans++;
                if (Scans > _limits.MaxScans)
                {
                    throw new ImageLimitException(ImageLimit.Scans, Scans, _limits.MaxScans);
                }

                break;
            case 0xC4 or 0xC8 or 0xCC:
                break;
            case >= 0xC0 and <= 0xCF:
                if (_frame is not null)
                {
                    throw new InvalidImageException(ImageFormat.Jpeg, $"a second frame header lies at byte {position}");
                }

                _frame = ReadFrame(marker, segment, position);
                break;
        }
    }

    private static JpegFrame ReadFrame(byte marker, ReadOnlySpan<byte> segment, int position)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2))
        {
            throw new UnsupportedImageException("jpeg", $"its coding process is {Process(marker)}; baseline, extended sequential and progressive Huffman coding are read");
        }

        if (segment.Length < 6)
        {
            throw new InvalidImageException(ImageFormat.Jpeg, $"the frame header at byte {position} has {segment.Length} bytes, at least 6 are needed");
        }

        if (segment[0] != 8)
        {
            throw new UnsupportedImageException("jpeg", $"it has {segment[0]} bits a sample; 8 are read");
        }

        var height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
        var width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
        var components = segment[5];
        if (width == 0)
        {
            throw new InvalidImageException(ImageFormat.Jpeg, "its width is 0");
        }

        if (height == 0)
        {
            throw new UnsupportedImageException("jpeg", "its height follows behind the first scan (DNL)");
        }

        if (components is not (1 or 3 or 4))
        {
            throw new UnsupportedImageException("jpeg", $"it has {components} components; 1, 3 and 4 are read");
        }

        return segment.Length >= 6 + (3 * components)
            ? new JpegFrame(width, height, components, marker == 0xC2)
            : throw new InvalidImageException(ImageFormat.Jpeg, $"the frame header at byte {position} has {segment.Length} bytes, {6 + (3 * components)} are needed for {components} components");
    }

    private static string Process(byte marker) => marker switch
    {
        0xC3 => "lossless",
        0xC5 or 0xC6 => "hierarchical",
        0xC7 => "hierarchical lossless",
        0xC9 or 0xCA => "arithmetic",
        0xCB => "arithmetic lossless",
        _ => "hierarchical arithmetic",
    };

    private void ReadApp1(ReadOnlySpan<byte> segment)
    {
        if (!_hasExif && segment.StartsWith("Exif\0\0"u8))
        {
            _hasExif = true;
            _orientation = ExifOrientation.Read(segment[6..]);
        }
        else if (_xmpOrientation is null && segment.StartsWith("http://ns.adobe.com/xap/1.0/\0"u8))
        {
            _xmpOrientation = XmpOrientation.Read(segment);
        }
    }
}
