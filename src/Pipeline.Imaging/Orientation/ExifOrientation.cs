using System.Buffers.Binary;

namespace Pipeline.Imaging.Orientation;

/// <summary>Finds the orientation in an EXIF block: tag 0x0112 of the first directory. Nothing else of EXIF is read.</summary>
internal static class ExifOrientation
{
    /// <summary>As stored: nothing to turn.</summary>
    public const int Default = 1;

    private const int Tag = 0x0112;
    private const int EntrySize = 12;

    /// <param name="exif">From the byte-order mark of its TIFF header on.</param>
    /// <returns>1 to 8, 1 also for a value out of that range; null where there is none, or where the block is broken on the way to it.</returns>
    public static int? Read(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 8)
        {
            return null;
        }

        bool isBigEndian;
        if (exif.StartsWith("II*\0"u8))
        {
            isBigEndian = false;
        }
        else if (exif.StartsWith("MM\0*"u8))
        {
            isBigEndian = true;
        }
        else
        {
            return null;
        }

        var directory = ReadUInt32(exif[4..], isBigEndian);
        if (directory > exif.Length - 2)
        {
            return null;
        }

        var entries = exif[((int)directory + 2)..];
        var count = Math.Min(ReadUInt16(exif[(int)directory..], isBigEndian), entries.Length / EntrySize);
        for (var index = 0; index < count; index++)
        {
            var entry = entries.Slice(index * EntrySize, EntrySize);
            if (ReadUInt16(entry, isBigEndian) == Tag)
            {
                return Value(entry, isBigEndian) is >= 1 and <= 8 and var value ? (int)value : Default;
            }
        }

        return null;
    }

    /// <summary>One value of type SHORT, or of type LONG, which some writers use.</summary>
    private static uint Value(ReadOnlySpan<byte> entry, bool isBigEndian) =>
        (ReadUInt16(entry[2..], isBigEndian), ReadUInt32(entry[4..], isBigEndian)) switch
        {
            (3, 1) => ReadUInt16(entry[8..], isBigEndian),
            (4, 1) => ReadUInt32(entry[8..], isBigEndian),
            _ => 0,
        };

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
