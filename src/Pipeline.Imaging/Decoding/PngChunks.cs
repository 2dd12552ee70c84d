using System.Buffers.Binary;

namespace Pipeline.Imaging.Decoding;

/// <summary>Enumerates the chunks of a PNG up to its IEND, or to the end of the file.</summary>
internal ref struct PngChunks
{
    private const int FirstChunk = 8;
    private const int HeadLength = 8;
    private const int CrcLength = 4;

    private readonly ReadOnlySpan<byte> _file;
    private int _position;
    private PngChunk _current;
    private bool _isAtEnd;

    public PngChunks(ReadOnlySpan<byte> file)
    {
        _file = file;
        _position = FirstChunk;
    }

    public readonly PngChunk Current => _current;

    public readonly PngChunks GetEnumerator() => this;

    /// <exception cref="InvalidImageException">A length beyond what the format allows.</exception>
    public bool MoveNext()
    {
        var rest = _file.Length - _position;
        if (_isAtEnd || rest < HeadLength)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_file[_position..]);
        if (length > int.MaxValue)
        {
            throw new InvalidImageException(ImageFormat.Png, $"the chunk at byte {_position} claims {length} bytes; at most 2147483647 are allowed");
        }

        var size = (int)Math.Min((long)length + HeadLength + CrcLength, rest);
        _current = new PngChunk(_file.Slice(_position, size), (int)length, _position);
        _isAtEnd = _current.Is("IEND"u8);
        _position += size;
        return true;
    }
}
