using System.Buffers.Binary;
using IronSnappy;
using Pipeline.Models.SavedModel.Files;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>
/// Reads the sorted table of a checkpoint's index: a footer that points to an index block, which points to data blocks of prefix-compressed keys; each
/// block has a trailer of compression type and masked CRC-32C.
/// </summary>
internal sealed class BundleTable
{
    private const int FooterLength = 48;
    private const int TrailerLength = 5;
    private const ulong Magic = 0xDB4775248B80FB57;
    private const byte Uncompressed = 0;
    private const byte SnappyCompressed = 1;
    private const int LargestBlock = 64 << 20;

    private readonly string _path;
    private readonly byte[] _file;

    private BundleTable(string path, byte[] file)
    {
        _path = path;
        _file = file;
    }

    /// <summary>Reads every entry, in the order of the keys.</summary>
    /// <exception cref="InvalidModelException">The file is no such table, a checksum differs, or keys are not in ascending order.</exception>
    public static IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Read(string path, byte[] file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var table = new BundleTable(path, file);
        byte[]? last = null;
        foreach (var (_, handle) in table.ReadBlock(table.ReadFooter()))
        {
            foreach (var entry in table.ReadBlock(table.ReadHandle(handle.Span, "index block")))
            {
                if (last is not null && last.AsSpan().SequenceCompareTo(entry.Key) >= 0)
                {
                    throw table.Invalid("keys", "ascending order without repetition", $"'{Text(entry.Key)}' after '{Text(last)}'");
                }

                last = entry.Key;
                yield return entry;
            }
        }
    }

    private ByteRange ReadFooter()
    {
        if (_file.Length < FooterLength)
        {
            throw Invalid("footer", $"at least {FooterLength} bytes", $"{_file.Length}");
        }

        var footer = _file.AsSpan(_file.Length - FooterLength);
        var magic = BinaryPrimitives.ReadUInt64LittleEndian(footer[^sizeof(ulong)..]);
        if (magic != Magic)
        {
            throw Invalid("footer", $"the number {Magic:x16}", $"{magic:x16}");
        }

        ReadOnlySpan<byte> handles = footer[..^sizeof(ulong)];
        ReadNumber(ref handles, "footer");
        ReadNumber(ref handles, "footer");
        return ReadHandle(handles, "footer");
    }

    private ByteRange ReadHandle(ReadOnlySpan<byte> bytes, string place)
    {
        var offset = ReadNumber(ref bytes, place);
        var size = ReadNumber(ref bytes, place);
        var available = (ulong)(_file.Length - FooterLength);
        if (offset > available || size > available - offset || available - offset - size < TrailerLength)
        {
            throw Invalid(place, $"a block inside {available} bytes", $"{size} bytes and a trailer at offset {offset}");
        }

        return new ByteRange((int)offset, (int)size);
    }

    private List<(byte[] Key, ReadOnlyMemory<byte> Value)> ReadBlock(ByteRange range)
    {
        var block = Unpack(range);
        var place = $"block at offset {range.Start}";
        if (block.Length < sizeof(uint))
        {
            throw Invalid(place, "a restart count", $"{block.Length} bytes");
        }

        var restarts = BinaryPrimitives.ReadUInt32LittleEndian(block.Span[^sizeof(uint)..]);
        var end = block.Length - sizeof(uint) - (restarts * (long)sizeof(uint));
        if (end < 0)
        {
            throw Invalid(place, $"at most {block.Length / sizeof(uint)} restarts", $"{restarts}");
        }

        var entries = new List<(byte[], ReadOnlyMemory<byte>)>();
        byte[] key = [];
        for (var position = 0; position < (int)end;)
        {
            var rest = block.Span[position..(int)end];
            var before = rest.Length;
            var shared = ReadNumber(ref rest, place);
            var suffix = ReadNumber(ref rest, place);
            var value = ReadNumber(ref rest, place);
            if (shared > (ulong)key.Length || suffix > (ulong)rest.Length || value > (ulong)rest.Length - suffix)
            {
                throw Invalid(
                    place, $"an entry inside {rest.Length} bytes after a key of {key.Length}", $"{shared} shared, {suffix} further and {value} value bytes");
            }

            key = [.. key.AsSpan(0, (int)shared), .. rest[..(int)suffix]];
            position += before - rest.Length + (int)suffix;
            entries.Add((key, block.Slice(position, (int)value)));
            position += (int)value;
        }

        return entries;
    }

    private ReadOnlyMemory<byte> Unpack(ByteRange range)
    {
        var trailer = _file.AsSpan(range.End, TrailerLength);
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(trailer[1..]);
        var computed = MaskedCrc32C.Of(_file.AsSpan(range.Start, range.Length + 1));
        if (stored != computed)
        {
            throw Invalid($"block at offset {range.Start}", $"checksum {stored:x8}", $"{computed:x8}");
        }

        return trailer[0] switch
        {
            Uncompressed => _file.AsMemory(range.Start, range.Length),
            SnappyCompressed => UnpackSnappy(range),
            var type => throw Invalid($"block at offset {range.Start}", "compression 0 or 1 (Snappy)", $"{type}"),
        };
    }

    private byte[] UnpackSnappy(ByteRange range)
    {
        var packed = _file.AsSpan(range.Start, range.Length);
        var head = (ReadOnlySpan<byte>)packed;
        var place = $"Snappy block at offset {range.Start}";
        var length = ReadNumber(ref head, place);
        if (length > LargestBlock)
        {
            throw Invalid(place, $"at most {LargestBlock} bytes unpacked", $"{length}");
        }

        byte[] unpacked;
        try
        {
            unpacked = Snappy.Decode(packed);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            throw new InvalidModelException(_path, place, "Snappy data", $"something else ({error.Message})", error);
        }

        return unpacked.Length == (int)length ? unpacked : throw Invalid(place, $"{length} bytes unpacked", $"{unpacked.Length}");
    }

    private ulong ReadNumber(ref ReadOnlySpan<byte> bytes, string place)
    {
        if (!Varint.TryRead(bytes, out var value, out var length))
        {
            throw Invalid(place, "a varint", $"none in {bytes.Length} bytes");
        }

        bytes = bytes[length..];
        return value;
    }

    private static string Text(byte[] key) => System.Text.Encoding.UTF8.GetString(key);

    private InvalidModelException Invalid(string place, string expected, string found) => new(_path, place, expected, found);
}
