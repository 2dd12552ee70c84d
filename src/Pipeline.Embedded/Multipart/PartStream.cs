namespace Pipeline.Embedded.Multipart;

/// <summary>The last part of a body as a stream. At its end it has seen the final boundary, and that no part follows.</summary>
internal sealed class PartStream : Stream
{
    private readonly PartReader _parts;

    public PartStream(PartReader parts)
    {
        _parts = parts;
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _parts.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 || buffer.IsEmpty || _parts.IsClosed
            ? read
            : throw new InvalidMultipartException("it has more than two parts.");
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
