using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Google.Protobuf;
using IronSnappy;
using Pipeline.Models.SavedModel;
using Pipeline.Models.SavedModel.Bundles;
using Pipeline.Models.SavedModel.Messages;
using Pipeline.Models.Tests.Package.Support;

namespace Pipeline.Models.Tests.SavedModel.Support;

/// <summary>Writes checkpoints: entries by key, their data in shards, the index as a table of one data block.</summary>
internal sealed class BundleBuilder
{
    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<int, MemoryStream> _shards = [];

    public BundleHeaderProto Header { get; } = new() { NumShards = 1 };

    public bool IsSnappy { get; set; }

    /// <param name="change">What to write wrongly.</param>
    public BundleBuilder Add(string key, long[] shape, float[] values, int shard = 0, Action<BundleEntryProto>? change = null) =>
        Add(System.Text.Encoding.UTF8.GetBytes(key), (int)TensorFlowType.Float, shape, MemoryMarshal.AsBytes<float>(values).ToArray(), shard, change);

    public BundleBuilder Add(byte[] key, int type, long[] shape, byte[] bytes, int shard = 0, Action<BundleEntryProto>? change = null)
    {
        if (!_shards.TryGetValue(shard, out var stream))
        {
            _shards.Add(shard, stream = new MemoryStream());
        }

        var entry = new BundleEntryProto
        {
            Dtype = type,
            Shape = Nodes.Shape(shape),
            ShardId = shard,
            Offset = stream.Length,
            Size = bytes.Length,
            Crc32C = MaskedCrc32C.Of(bytes),
        };
        stream.Write(bytes);
        change?.Invoke(entry);
        return AddEntry(key, entry);
    }

    public BundleBuilder AddEntry(byte[] key, BundleEntryProto entry)
    {
        _entries[System.Text.Encoding.Latin1.GetString(key)] = entry.ToByteArray();
        return this;
    }

    /// <summary>Writes <c>variables/variables.*</c>.</summary>
    /// <returns>The prefix of the files.</returns>
    public string Write(TemporaryFolder folder)
    {
        folder.Write("variables/variables.index", ToIndex());
        foreach (var (shard, stream) in _shards)
        {
            folder.Write($"variables/variables.data-{shard:d5}-of-{Header.NumShards:d5}", stream.ToArray());
        }

        return Path.Combine(folder.Path, "variables", "variables");
    }

    public byte[] ToIndex()
    {
        var entries = new[] { (Array.Empty<byte>(), Header.ToByteArray()) }
            .Concat(_entries.Select(entry => (System.Text.Encoding.Latin1.GetBytes(entry.Key), entry.Value)));
        return ToTable([.. entries], IsSnappy);
    }

    /// <summary>A table of one data block, keys in the order given.</summary>
    public static byte[] ToTable(IReadOnlyList<(byte[] Key, byte[] Value)> entries, bool isSnappy)
    {
        var plain = Plain(entries);
        return ToTable(isSnappy ? Block(Snappy.Encode(plain), 1) : Block(plain, 0), entries[^1].Key);
    }

    /// <summary>A table around a data block.</summary>
    public static byte[] ToTable(byte[] dataBlock, byte[] lastKey)
    {
        var metaBlock = Block(Plain([]), 0);
        var indexBlock = Block(Plain([(lastKey, Handle(0, dataBlock.Length))]), 0);
        var indexOffset = dataBlock.Length + metaBlock.Length;
        byte[] handles = [.. Handle(dataBlock.Length, metaBlock.Length), .. Handle(indexOffset, indexBlock.Length)];
        return [.. dataBlock, .. metaBlock, .. indexBlock, .. handles, .. new byte[40 - handles.Length], 0x57, 0xFB, 0x80, 0x8B, 0x24, 0x75, 0x47, 0xDB];
    }

    /// <summary>Content with its trailer.</summary>
    public static byte[] Block(ReadOnlySpan<byte> content, byte compression)
    {
        byte[] stored = [.. content, compression];
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, MaskedCrc32C.Of(stored));
        return [.. stored, .. crc];
    }

    private static byte[] Handle(int offset, int lengthWithTrailer) => new WireWriter().Number((ulong)offset).Number((ulong)lengthWithTrailer - 5).ToArray();

    /// <summary>A block's content without compression.</summary>
    public static byte[] Plain(IReadOnlyList<(byte[] Key, byte[] Value)> entries)
    {
        var block = new WireWriter();
        byte[] last = [];
        foreach (var (key, value) in entries)
        {
            var shared = key.AsSpan().CommonPrefixLength(last);
            block.Number((ulong)shared).Number((ulong)(key.Length - shared)).Number((ulong)value.Length).Raw(key.AsSpan(shared)).Raw(value);
            last = key;
        }

        return block.Raw(new byte[4]).Raw([1, 0, 0, 0]).ToArray();
    }
}
