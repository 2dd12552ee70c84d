namespace Pipeline.Hosting.Requests;

/// <summary>A body of unknown length that is refused as soon as it is longer than allowed.</summary>
internal sealed class LimitedBody : Stream
{
    private readonly Stream _body;
    private readonly long _maxBytes;
    private long _read;

    public LimitedBody(Stream body, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(body);
        _body = body;
        _maxBytes = maxBytes;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidRequestException">The body is too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await _body.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(_body.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        _read += read;
        return _read <= _maxBytes ? read : throw InvalidRequestException.TooLarge(_maxBytes);
    }
}
