namespace Pipeline.Imaging.Decoding;

/// <summary>
/// A file in memory that ends when the time is used up or the call is cancelled: the decoder, which cannot be interrupted, then runs out of
/// bytes. It never throws, as native code lies between its caller and ours.
/// </summary>
internal sealed class InterruptibleStream : Stream
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly DecodeClock _clock;
    private int _position;

    public InterruptibleStream(ReadOnlyMemory<byte> file, DecodeClock clock)
    {
        _file = file;
        _clock = clock;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _position;
        set => _position = (int)Math.Clamp(value, 0, _file.Length);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_clock.IsOver)
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _file.Length - _position);
        _file.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => _position + offset,
            _ => _file.Length + offset,
        };
        return _position;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
