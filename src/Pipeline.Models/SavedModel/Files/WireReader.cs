using Google.Protobuf;

namespace Pipeline.Models.SavedModel.Files;

/// <summary>
/// Walks the fields of one protobuf message without building it: the way to find a graph's nodes and functions in a large file and to build only those
/// that are reached.
/// </summary>
internal struct WireReader
{
    private readonly MessageFile _file;
    private readonly int _end;
    private int _position;

    public WireReader(MessageFile file, ByteRange message)
    {
        _file = file;
        _position = message.Start;
        _end = message.End;
    }

    /// <summary>The current field's number.</summary>
    public int Number { get; private set; }

    /// <summary>The current field with its tag.</summary>
    public ByteRange Field { get; private set; }

    /// <summary>The bytes of the current length-delimited field; empty where <see cref="IsLengthDelimited"/> is false.</summary>
    public ByteRange Content { get; private set; }

    public bool IsLengthDelimited { get; private set; }

    /// <summary>Moves to the next field.</summary>
    /// <returns>False at the message's end.</returns>
    /// <exception cref="InvalidModelException">The bytes are no protobuf message, or a length runs past the message.</exception>
    public bool Next()
    {
        if (_position == _end)
        {
            return false;
        }

        var start = _position;
        var tag = ReadVarint();
        Number = (int)Math.Min(tag >> 3, int.MaxValue);
        if (Number == 0)
        {
            throw Malformed(start, "a field number", "0");
        }

        IsLengthDelimited = false;
        Content = default;
        switch ((WireFormat.WireType)(tag & 7))
        {
            case WireFormat.WireType.Varint:
                ReadVarint();
                break;
            case WireFormat.WireType.Fixed64:
                Skip(sizeof(ulong));
                break;
            case WireFormat.WireType.Fixed32:
                Skip(sizeof(uint));
                break;
            case WireFormat.WireType.LengthDelimited:
                var length = ReadVarint();
                var content = _position;
                Skip(length);
                IsLengthDelimited = true;
                Content = new ByteRange(content, (int)length);
                break;
            default:
                throw Malformed(start, "wire type 0, 1, 2 or 5", $"{tag & 7}");
        }

        Field = new ByteRange(start, _position - start);
        return true;
    }

    private void Skip(ulong length)
    {
        if (length > (ulong)(_end - _position))
        {
            throw Malformed(_position, $"at most {_end - _position} bytes to the message's end", $"a field of {length} bytes");
        }

        _position += (int)length;
    }

    private ulong ReadVarint()
    {
        if (!Varint.TryRead(_file.Bytes.AsSpan(_position, _end - _position), out var value, out var length))
        {
            throw Malformed(_position, "a varint of at most 10 bytes inside the message", "none");
        }

        _position += length;
        return value;
    }

    private readonly InvalidModelException Malformed(int position, string expected, string found) =>
        new(_file.Path, $"protobuf message at byte {position}", expected, found);
}
