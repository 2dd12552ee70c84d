namespace Pipeline.Embedded.Tests.Support;

/// <summary>Gives some bytes and then ends badly.</summary>
internal sealed class ScriptedStream : Stream
{
    private readonly ReadOnlyMemory<byte> _content;
    private readonly ScriptedEnd _end;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _position;

    public ScriptedStream(ReadOnlyMemory<byte> content, ScriptedEnd end)
    {
        _content = content;
        _end = end;
    }

    /// <summary>Completes once all bytes were given and more were asked for.</summary>
    public Task Ended => _ended.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position < _content.Length)
        {
            var count = Math.Min(buffer.Length, _content.Length - _position);
            _content.Slice(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        _ended.TrySetResult();
        if (_end == ScriptedEnd.Fault)
        {
            throw new IOException("The connection was reset.");
        }

        await new TaskCompletionSource().Task;
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
