using Pipeline.Embedded.Streams;

namespace Pipeline.Embedded.FolderBucket;

/// <summary>What the sender of a piece sends, as long as it is its turn.</summary>
internal sealed class TurnStream : ReadOnlyStream
{
    private readonly Stream _body;
    private readonly UploadTurn _turn;

    public TurnStream(Stream body, UploadTurn turn)
    {
        _body = body;
        _turn = turn;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await _turn.WaitAsync(() => _body.ReadAsync(buffer, cancellationToken).AsTask()).ConfigureAwait(false);
}
