using System.Buffers.Binary;
using System.Numerics;

namespace Pipeline.Models.SavedModel.Bundles;

/// <summary>CRC-32C over bytes that come in pieces, and the mask under which checkpoints and tables store it.</summary>
internal struct MaskedCrc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    private uint _inverted;

    /// <summary>The sum of everything appended so far.</summary>
    public readonly uint Unmasked => ~Register;

    /// <summary>The stored form: rotated right by 15 bits, plus a constant, so that a sum over bytes that hold a sum stays strong.</summary>
    public readonly uint Masked => BitOperations.RotateRight(Unmasked, 15) + MaskDelta;

    private readonly uint Register => ~_inverted;

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = new MaskedCrc32C();
        crc.Append(bytes);
        return crc.Masked;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var register = Register;
        while (bytes.Length >= sizeof(ulong))
        {
            register = BitOperations.Crc32C(register, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var value in bytes)
        {
            register = BitOperations.Crc32C(register, value);
        }

        _inverted = ~register;
    }
}
