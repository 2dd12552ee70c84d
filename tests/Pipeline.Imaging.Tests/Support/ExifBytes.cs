using System.Buffers.Binary;

namespace Pipeline.Imaging.Tests.Support;

/// <summary>Writes EXIF blocks with one entry.</summary>
internal static class ExifBytes
{
    public static byte[] Write(bool isBigEndian, ushort tag, ushort type, uint count, uint value)
    {
        var block = new byte[26];
        (isBigEndian ? "MM\0*"u8 : "II*\0"u8).CopyTo(block);
        var writer = block.AsSpan();
        Write32(writer[4..], 8, isBigEndian);
        Write16(writer[8..], 1, isBigEndian);
        Write16(writer[10..], tag, isBigEndian);
        Write16(writer[12..], type, isBigEndian);
        Write32(writer[14..], count, isBigEndian);
        if (type == 3)
        {
            Write16(writer[18..], (ushort)value, isBigEndian);
        }
        else
        {
            Write32(writer[18..], value, isBigEndian);
        }

        return block;
    }

    public static byte[] Orientation(int orientation, bool isBigEndian = false) => Write(isBigEndian, 0x0112, 3, 1, (uint)orientation);

    private static void Write16(Span<byte> target, ushort value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
        }
    }

    private static void Write32(Span<byte> target, uint value, bool isBigEndian)
    {
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(target, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target, value);
        }
    }
}
