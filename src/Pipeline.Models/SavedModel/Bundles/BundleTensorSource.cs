using Pipeline.Inference.Graphs;
using Pipeline.Models.SavedModel.Files;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>
/// A tensor in a shard, read when it is wanted. Its checksum is verified once: while it is read from front to back, or, where somebody reads otherwise
/// first, by a pass of its own before that.
/// </summary>
internal sealed class BundleTensorSource : NumericConstantSource
{
    private const int ChunkLength = 64 << 10;

    private readonly ModelFile _shard;
    private readonly BundleEntry _entry;
    private readonly Lock _verification = new();
    private MaskedCrc32C _crc;
    private long _summed;
    private volatile bool _isVerified;

    /// <param name="shard">Reaches beyond the entry's bytes.</param>
    public BundleTensorSource(ModelFile shard, string name, BundleEntry entry)
        : base(entry.DataTypeOrThrow(), entry.Shape)
    {
        _shard = shard;
        _entry = entry;
        Name = name;
    }

    public string Name { get; }

    /// <exception cref="InvalidModelException">The file was cut since it was opened, or the checksum differs.</exception>
    protected override void ReadCore(long offset, Span<byte> destination)
    {
        if (!_isVerified)
        {
            lock (_verification)
            {
                if (!_isVerified && offset == _summed)
                {
                    _shard.ReadExactly(_entry.Offset + offset, destination);
                    Append(destination);
                    return;
                }

                VerifyRest();
            }
        }

        _shard.ReadExactly(_entry.Offset + offset, destination);
    }

    private void VerifyRest()
    {
        var chunk = new byte[ChunkLength];
        while (!_isVerified)
        {
            var piece = chunk.AsSpan(0, (int)Math.Min(ChunkLength, ByteLength - _summed));
            _shard.ReadExactly(_entry.Offset + _summed, piece);
            Append(piece);
        }
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        _crc.Append(piece);
        _summed += piece.Length;
        if (_summed < ByteLength)
        {
            return;
        }

        if (_crc.Masked != _entry.Crc)
        {
            throw new InvalidModelException(_shard.Path, $"tensor '{Name}'", $"checksum {_entry.Crc:x8}", $"{_crc.Masked:x8}");
        }

        _isVerified = true;
    }
}
