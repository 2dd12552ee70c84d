namespace Pipeline.Embedded.FolderBucket;

/// <summary>Several contents as one, each opened when its turn has come.</summary>
internal sealed class JoinedStream : Stream
{
    private readonly Queue<Func<Stream>> _open;
    private Stream _current = Null;

    public JoinedStream(IEnumerable<Func<Stream>> open)
    {
        _open = new Queue<Func<Stream>>(open);
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
        while (true)
        {
            var read = await _current.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (read > 0 || buffer.IsEmpty || !_open.TryDequeue(out var open))
            {
                return read;
            }

            await _current.DisposeAsync().ConfigureAwait(false);
            _current = open();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _current.Dispose();
        base.Dispose(disposing);
    }
}
