using Pipeline.Embedded.Streams;

namespace Pipeline.Embedded.Multipart;

/// <summary>The last part of a body as a stream. At its end it has seen the final boundary, and that no part follows.</summary>
internal sealed class PartStream : ReadOnlyStream
{
    private readonly PartReader _parts;

    public PartStream(PartReader parts)
    {
        _parts = parts;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _parts.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 || buffer.IsEmpty || _parts.IsClosed
            ? read
            : throw new InvalidMultipartException("it has more than two parts.");
    }
}
