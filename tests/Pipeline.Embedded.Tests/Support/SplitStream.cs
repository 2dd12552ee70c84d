namespace Pipeline.Embedded.Tests.Support;

/// <summary>Gives its bytes in reads of random lengths, as a network does.</summary>
internal sealed class SplitStream : MemoryStream
{
    private readonly Func<int, int> _cut;

    /// <param name="cut">How many of at most so many bytes a read gives; at least 1.</param>
    public SplitStream(byte[] bytes, Func<int, int> cut)
        : base(bytes)
    {
        _cut = cut;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var left = (int)Math.Min(buffer.Length, Length - Position);
        return base.ReadAsync(buffer[..(left == 0 ? 0 : Math.Min(left, _cut(left)))], cancellationToken);
    }
}
