using System.Buffers.Binary;
using Pipeline.Inference.Tensors;
using Pipeline.Models.SavedModel.Files;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>
/// Reads tensors of strings: the lengths as varints, a masked checksum of the lengths, the bytes.
/// Checksums count a length as 32 bits (strings of 4 GiB and more are over the limit here); the entry's covers lengths, the first checksum and the bytes.
/// </summary>
internal static class BundleStrings
{
    private const long Largest = 512 << 20;

    /// <param name="shard">Reaches beyond the entry's bytes.</param>
    /// <exception cref="InvalidModelException">The entry holds no strings, a length runs past the entry, or a checksum differs.</exception>
    public static StringTensor Read(ModelFile shard, string name, BundleEntry entry)
    {
        var place = $"tensor '{name}'";
        if (entry.Type != TensorFlowType.String)
        {
            throw new InvalidModelException(shard.Path, place, "strings", $"{entry.Type}");
        }

        // Each string takes one byte at least for its length: bounds the lists before they are made.
        if (entry.Size > Largest || entry.Size < entry.Shape.ElementCount + sizeof(uint))
        {
            throw new InvalidModelException(shard.Path, place, $"{entry.Shape.ElementCount + sizeof(uint)} to {Largest} bytes", $"{entry.Size}");
        }

        var bytes = new byte[entry.Size];
        shard.ReadExactly(entry.Offset, bytes);
        var position = 0;
        var crc = default(MaskedCrc32C);
        var lengths = new int[entry.Shape.ElementCount];
        long total = 0;
        for (var index = 0; index < lengths.Length; index++)
        {
            if (!Varint.TryRead(bytes.AsSpan(position), out var length, out var read) || length > (ulong)entry.Size)
            {
                throw new InvalidModelException(shard.Path, place, $"the length of string {index}, at most {entry.Size}", "none");
            }

            position += read;
            lengths[index] = (int)length;
            total += lengths[index];
            AppendNumber(ref crc, (uint)length);
        }

        if (total != bytes.Length - position - sizeof(uint))
        {
            throw new InvalidModelException(shard.Path, place, $"{bytes.Length - position - sizeof(uint)} bytes of strings", $"lengths that sum to {total}");
        }

        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(position));
        CheckSum(shard, place, stored, crc.Masked);
        crc.Append(bytes.AsSpan(position));
        CheckSum(shard, place, entry.Crc, crc.Masked);
        position += sizeof(uint);
        var strings = new ReadOnlyMemory<byte>[lengths.Length];
        for (var index = 0; index < lengths.Length; index++)
        {
            strings[index] = bytes.AsMemory(position, lengths[index]);
            position += lengths[index];
        }

        return new StringTensor(entry.Shape, strings);
    }

    private static void AppendNumber(ref MaskedCrc32C crc, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        crc.Append(bytes);
    }

    private static void CheckSum(ModelFile shard, string place, uint expected, uint found)
    {
        if (expected != found)
        {
            throw new InvalidModelException(shard.Path, place, $"checksum {expected:x8}", $"{found:x8}");
        }
    }
}
