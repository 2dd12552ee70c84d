using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pipeline.Worker.Uploads;

/// <summary>CRC-32C (Castagnoli, reflected, initial and final value all ones) of bytes as they pass.</summary>
public struct Crc32C
{
    private uint _inverted;

    public readonly uint Value => _inverted;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_inverted;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            crc = BitOperations.Crc32C(crc, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var value in bytes[(bytes.Length & ~7)..])
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        _inverted = ~crc;
    }

    /// <summary>As Cloud Storage writes it: base64 of the four bytes, the highest first.</summary>
    public static string ToText(uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads what <see cref="ToText"/> writes; null where the text is nothing of the kind.</summary>
    public static uint? FromText(string? text)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) && length == sizeof(uint)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : null;
    }
}
