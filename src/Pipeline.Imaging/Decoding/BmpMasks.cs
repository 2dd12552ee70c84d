using System.Buffers.Binary;
using System.Numerics;

namespace Pipeline.Imaging.Decoding;

/// <summary>Which bits of a stored pixel are which channel; all 0 where pixels are palette entries or 24 bits.</summary>
internal readonly record struct BmpMasks(uint Red, uint Green, uint Blue, uint Alpha)
{
    /// <summary>Where masks lie behind a header of 40 bytes, and inside longer ones.</summary>
    private const int Offset = BmpHeader.FileHeaderSize + 40;

    private const int FirstSizeWithAlpha = 56;

    public bool Is555 => this is { Red: 0x7C00, Green: 0x03E0, Blue: 0x001F };

    public bool Is565 => this is { Red: 0xF800, Green: 0x07E0, Blue: 0x001F };

    /// <summary>Blue in the lowest byte, then green, then red.</summary>
    public bool IsBgr => this is { Red: 0xFF0000, Green: 0xFF00, Blue: 0xFF };

    /// <summary>True where the bits of every mask lie together, as in every file that a channel can be read from.</summary>
    public bool AreContiguous => IsContiguous(Red) && IsContiguous(Green) && IsContiguous(Blue) && IsContiguous(Alpha);

    /// <param name="headerSize">Of the second header, in bytes.</param>
    /// <exception cref="InvalidImageException">The file ends before its masks.</exception>
    public static BmpMasks Read(ReadOnlySpan<byte> file, int headerSize, int bits, uint compression)
    {
        if (compression is not (BmpHeader.BitFields or BmpHeader.AlphaBitFields))
        {
            return bits switch
            {
                16 => new BmpMasks(0x7C00, 0x03E0, 0x001F, 0),
                32 => new BmpMasks(0xFF0000, 0xFF00, 0xFF, 0),
                _ => default,
            };
        }

        var hasAlpha = headerSize >= FirstSizeWithAlpha || compression == BmpHeader.AlphaBitFields;
        var needed = Offset + (hasAlpha ? 16 : 12);
        if (file.Length < needed)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"it ends behind {file.Length} bytes, its masks need {needed}");
        }

        return new BmpMasks(
            BinaryPrimitives.ReadUInt32LittleEndian(file[Offset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(file[(Offset + 4)..]),
            BinaryPrimitives.ReadUInt32LittleEndian(file[(Offset + 8)..]),
            hasAlpha ? BinaryPrimitives.ReadUInt32LittleEndian(file[(Offset + 12)..]) : 0);
    }

    public override string ToString() => $"{Red:X}, {Green:X}, {Blue:X}";

    /// <summary>Moved down to its lowest set bit, a run of ones is one less than a power of two.</summary>
    private static bool IsContiguous(uint mask) => mask == 0 || BitOperations.IsPow2((mask >> BitOperations.TrailingZeroCount(mask)) + 1UL);
}
