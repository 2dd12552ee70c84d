using System.Globalization;
using System.Text;
using Google.Protobuf;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Files;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>A checkpoint: an index from keys to entries, and the data files (shards) that the entries point into.</summary>
internal sealed class TensorBundle
{
    private const int SupportedVersion = 1;
    private const int LargestShardCount = 100_000;
    private const long LargestIndex = 256 << 20;

    private readonly string _prefix;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _entries;
    private readonly Dictionary<int, ModelFile> _shards = [];
    private readonly int _shardCount;

    private TensorBundle(string prefix, Dictionary<string, ReadOnlyMemory<byte>> entries, int shardCount)
    {
        _prefix = prefix;
        _entries = entries;
        _shardCount = shardCount;
        IndexPath = PathOfIndex(prefix);
    }

    public string IndexPath { get; }

    public static string PathOfIndex(string prefix) => prefix + ".index";

    /// <param name="prefix">What the files' names begin with: <c>folder/variables/variables</c>.</param>
    /// <exception cref="InvalidModelException">The index is missing or broken.</exception>
    /// <exception cref="UnsupportedModelException">The bundle is big-endian, or of a newer version.</exception>
    public static TensorBundle Open(string prefix)
    {
        var path = PathOfIndex(prefix);
        var entries = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (key, value) in BundleTable.Read(path, ModelFile.Open(path).ReadAll(LargestIndex)))
        {
            entries.Add(Encoding.Latin1.GetString(key), value);
        }

        if (!entries.Remove(string.Empty, out var bytes))
        {
            throw new InvalidModelException(path, "header", "an entry with the empty key", "none");
        }

        var header = Parse<BundleHeaderProto>(path, "header", bytes);
        if (header.NumShards is < 1 or > LargestShardCount)
        {
            throw new InvalidModelException(path, "header", $"1 to {LargestShardCount} shards", $"{header.NumShards}");
        }

        if (header.Endianness != 0)
        {
            throw Unsupported(path, "endianness", "big-endian data");
        }

        if (header.Version is { MinConsumer: > SupportedVersion } version)
        {
            throw Unsupported(path, "version", $"needs a reader of version {version.MinConsumer}, this one is {SupportedVersion}");
        }

        return new TensorBundle(prefix, entries, header.NumShards);
    }

    public bool Contains(string key) => _entries.ContainsKey(IndexKey(key));

    /// <summary>Finds the entry of a tensor.</summary>
    /// <exception cref="InvalidModelException">There is none, or it is broken.</exception>
    public BundleEntry Find(string key) =>
        FindRaw(IndexKey(key), key) ?? throw new InvalidModelException(IndexPath, $"tensor '{key}'", "an entry", "none");

    /// <summary>A handle of a tensor of numbers, or of a part of it.</summary>
    /// <param name="part">Null for the whole.</param>
    /// <exception cref="InvalidModelException">The tensor is not in the bundle, or does not lie inside its shard.</exception>
    public NumericConstantSource OpenNumeric(string key, BundleSlice? part)
    {
        var entry = Find(key);
        part ??= BundleSlice.Whole(entry.WideShape);
        if (entry.Slices.IsEmpty)
        {
            var all = BundleSlice.Whole(entry.WideShape);
            var whole = OpenStored(key, entry);
            return part.Covers(all) ? whole : new AssembledConstantSource(entry.DataTypeOrThrow(), part, [(all, whole)]);
        }

        var stored = new List<(BundleSlice, NumericConstantSource)>();
        foreach (var slice in entry.Slices)
        {
            var name = $"{key} [{string.Join(',', slice.Starts)}]+[{string.Join(',', slice.Lengths)}]";
            var sliceEntry = FindRaw(Encoding.Latin1.GetString(slice.Key(key)), name)
                ?? throw new InvalidModelException(IndexPath, $"slice '{name}'", "an entry", "none");
            if (sliceEntry.Type != entry.Type || !sliceEntry.WideShape.AsSpan().SequenceEqual(slice.Lengths.AsSpan()))
            {
                throw new InvalidModelException(
                    IndexPath, $"slice '{name}'", $"{entry.Type} of the slice's shape", $"{sliceEntry.Type} [{string.Join(',', sliceEntry.WideShape)}]");
            }

            var source = OpenStored(name, sliceEntry);
            if (slice.Covers(part))
            {
                return source;
            }

            stored.Add((slice, source));
        }

        if (!BundleSlice.Tile(part, entry.Slices))
        {
            throw new InvalidModelException(IndexPath, $"tensor '{key}'", "slices that hold every element once", $"{entry.Slices.Length} slices that do not");
        }

        return new AssembledConstantSource(entry.DataTypeOrThrow(), part, stored);
    }

    /// <summary>Reads a tensor of strings whole.</summary>
    /// <exception cref="InvalidModelException">It is not in the bundle, is none of strings, or is broken.</exception>
    public StringTensor ReadStrings(string key)
    {
        var entry = Find(key);
        return BundleStrings.Read(Shard(entry, key), key, entry);
    }

    private BundleTensorSource OpenStored(string name, BundleEntry entry) => new(Shard(entry, name), name, entry);

    private BundleEntry? FindRaw(string indexKey, string name) =>
        _entries.TryGetValue(indexKey, out var bytes)
            ? BundleEntry.From(Parse<BundleEntryProto>(IndexPath, $"entry '{name}'", bytes), IndexPath, name)
            : null;

    /// <summary>The file that holds the entry's bytes, after checking that it reaches that far.</summary>
    private ModelFile Shard(BundleEntry entry, string name)
    {
        if (entry.ShardIndex < 0 || entry.ShardIndex >= _shardCount)
        {
            throw new InvalidModelException(IndexPath, $"entry '{name}'", $"a shard from 0 to {_shardCount - 1}", $"{entry.ShardIndex}");
        }

        ModelFile? shard;
        lock (_shards)
        {
            if (!_shards.TryGetValue(entry.ShardIndex, out shard))
            {
                shard = ModelFile.Open(string.Create(CultureInfo.InvariantCulture, $"{_prefix}.data-{entry.ShardIndex:d5}-of-{_shardCount:d5}"));
                _shards.Add(entry.ShardIndex, shard);
            }
        }

        if (entry.Offset < 0 || entry.Size < 0 || entry.Offset > shard.Length - entry.Size)
        {
            throw new InvalidModelException(shard.Path, $"tensor '{name}'", $"{entry.Size} bytes at offset {entry.Offset}", $"a file of {shard.Length} bytes");
        }

        return shard;
    }

    private static string IndexKey(string key) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(key));

    private static T Parse<T>(string path, string place, ReadOnlyMemory<byte> bytes)
        where T : IMessage<T>, new()
    {
        try
        {
            var message = new T();
            message.MergeFrom(bytes.Span);
            return message;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidModelException(path, place, $"a {typeof(T).Name} message", $"something else ({error.Message})", error);
        }
    }

    private static UnsupportedModelException Unsupported(string path, string attribute, string reason) =>
        new(path, [new UnsupportedNode("TensorBundle", Path.GetFileName(path), attribute, reason)]);
}
