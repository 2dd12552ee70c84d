using System.Buffers.Binary;

namespace Pipeline.Imaging.Decoding;

/// <summary>What the two headers of a BMP say.</summary>
/// <param name="DataOffset">Where the pixels lie.</param>
/// <param name="HeaderSize">Of the second header, which tells the version: 12, 16, 40, 52, 56, 64, 108 or 124.</param>
/// <param name="IsTopDown">True where the first row stored is the top one.</param>
/// <param name="Bits">A pixel: 1, 2, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">0 none, 1 and 2 run lengths of 8 and 4 bits, 3 and 6 masks.</param>
/// <param name="PaletteOffset">Where a palette would lie.</param>
internal readonly record struct BmpHeader(
    long DataOffset,
    int HeaderSize,
    int Width,
    int Height,
    bool IsTopDown,
    int Bits,
    uint Compression,
    BmpMasks Masks,
    int PaletteOffset)
{
    public const int FileHeaderSize = 14;
    public const uint RunLength8 = 1;
    public const uint RunLength4 = 2;
    public const uint BitFields = 3;
    public const uint AlphaBitFields = 6;

    private const int OldHeaderSize = 12;
    private const int InfoHeaderSize = 40;

    public bool IsRunLength => Compression is RunLength8 or RunLength4;

    /// <summary>Bytes of a stored row, padded to four.</summary>
    public long Stride => (((long)Width * Bits) + 31) / 32 * 4;

    /// <summary>Bytes of a palette entry: blue, green, red, and in all versions but the oldest one more.</summary>
    public int PaletteEntrySize => HeaderSize == OldHeaderSize ? 3 : 4;

    /// <exception cref="InvalidImageException">Damaged, or values that do not exist.</exception>
    /// <exception cref="UnsupportedImageException">JPEG or PNG inside, or masks that no reference reads.</exception>
    public static BmpHeader Parse(ReadOnlySpan<byte> file)
    {
        var size = BinaryPrimitives.ReadInt32LittleEndian(file[FileHeaderSize..]);
        if (size is not (12 or 16 or 40 or 52 or 56 or 64 or 108 or 124))
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"a header of {size} bytes does not exist");
        }

        if (file.Length < FileHeaderSize + size)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"it ends behind {file.Length} bytes, its headers need {FileHeaderSize + size}");
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var info = file[FileHeaderSize..];
        var header = size == OldHeaderSize
            ? new BmpHeader(offset, size, BinaryPrimitives.ReadUInt16LittleEndian(info[4..]), BinaryPrimitives.ReadUInt16LittleEndian(info[6..]), false, BinaryPrimitives.ReadUInt16LittleEndian(info[10..]), 0, default, FileHeaderSize + size)
            : ParseInfo(file, info, offset, size);
        header.Check(file.Length);
        return header;
    }

    private static BmpHeader ParseInfo(ReadOnlySpan<byte> file, ReadOnlySpan<byte> info, uint offset, int size)
    {
        var width = BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        var height = BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        if (height == int.MinValue)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"its size is {width} x {height}");
        }

        var planes = BinaryPrimitives.ReadUInt16LittleEndian(info[12..]);
        if (planes != 1)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"it has {planes} planes; 1 is the only number there is");
        }

        var bits = BinaryPrimitives.ReadUInt16LittleEndian(info[14..]);
        var compression = size < InfoHeaderSize ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[16..]);
        var masks = BmpMasks.Read(file, size, bits, compression);
        var behindMasks = size == InfoHeaderSize ? compression switch { BitFields => 12, AlphaBitFields => 16, _ => 0 } : 0;
        return new BmpHeader(offset, size, width, Math.Abs(height), height < 0, bits, compression, masks, FileHeaderSize + size + behindMasks);
    }

    private void Check(int fileLength)
    {
        if (Width <= 0 || Height <= 0)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"its size is {Width} x {Height}");
        }

        var isKnown = Compression switch
        {
            0 => Bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            RunLength8 => Bits == 8,
            RunLength4 => Bits == 4,
            BitFields or AlphaBitFields => Bits is 16 or 32,
            4 or 5 => throw new UnsupportedImageException("bmp", "it holds a JPEG or PNG picture"),
            _ => false,
        };
        if (!isKnown)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"{Bits} bits a pixel with compression {Compression} do not exist");
        }

        if (Bits == 16 && !Masks.Is555 && !Masks.Is565)
        {
            throw new UnsupportedImageException("bmp", $"its masks of 16 bits are {Masks}; 5-5-5 and 5-6-5 are read");
        }

        if (!Masks.AreContiguous)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"the bits of its masks {Masks} do not lie together");
        }

        if (DataOffset > fileLength)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"its pixels lie at byte {DataOffset}, the file has {fileLength}");
        }
    }
}
