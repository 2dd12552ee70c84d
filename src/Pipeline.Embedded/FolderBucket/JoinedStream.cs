using Pipeline.Embedded.Streams;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>Several contents as one, each opened when its turn has come.</summary>
internal sealed class JoinedStream : ReadOnlyStream
{
    private readonly Queue<Func<Stream>> _open;
    private Stream _current = Null;

    public JoinedStream(IEnumerable<Func<Stream>> open)
    {
        _open = new Queue<Func<Stream>>(open);
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

    protected override void Dispose(bool disposing)
    {
        _current.Dispose();
        base.Dispose(disposing);
    }
}
