using System.Buffers.Binary;

namespace Pipeline.Imaging.Decoding;

/// <summary>A BMP: Skia's pixels, corrected to those of Pillow or TensorFlow where they differ.</summary>
internal sealed class BmpFile : ImageFile
{
    private const uint TopByte = 0xFF00_0000;

    private readonly BmpHeader _bmp;
    private readonly bool _endsEarly;

    private BmpFile(BmpHeader bmp, bool endsEarly)
        : base(new ImageHeader(ImageFormat.Bmp, bmp.Width, bmp.Height, 1, bmp is { Bits: 32, Masks.Alpha: not 0 }, 1))
    {
        _bmp = bmp;
        _endsEarly = endsEarly;
    }

    public override bool EndsEarly => _endsEarly;

    /// <summary>A row and its palette.</summary>
    public override long ExtraMemory => _bmp.Stride + 1024;

    /// <summary>True for BM, and behind it the size of a header that could exist: two letters alone begin many a text.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> file) =>
        file.Length >= BmpHeader.FileHeaderSize + 4 && file.StartsWith("BM"u8) && BinaryPrimitives.ReadInt32LittleEndian(file[BmpHeader.FileHeaderSize..]) is >= 12 and <= 124;

    public static BmpFile Parse(ReadOnlySpan<byte> file)
    {
        var header = BmpHeader.Parse(file);
        if (header.IsRunLength)
        {
            BmpRuns.Check(file[(int)header.DataOffset..], header);
        }

        return new BmpFile(header, !header.IsRunLength && header.DataOffset + (header.Stride * header.Height) > file.Length);
    }

    public override PixelBuffer<byte> Decode(ReadOnlyMemory<byte> file, DecodeOptions options, DecodeClock clock)
    {
        if (options.Reference == PixelReference.TensorFlow)
        {
            ThrowUnlessTensorFlows(options.Color);
        }

        using var codec = SkiaCodec.Open(ImageFormat.Bmp, file, clock);
        var image = codec.DecodeWhole(Header.Width, Header.Height, options.AcceptTruncated);
        if (options.Reference == PixelReference.TensorFlow)
        {
            CorrectForTensorFlow(image, file.Span);
        }
        else
        {
            CorrectForPillow(image, file.Span);
        }

        return image;
    }

    /// <summary>TensorFlow reads 8 bits as one channel, 24 as three and 32 as four, by their bytes alone.</summary>
    private void ThrowUnlessTensorFlows(PixelColor color)
    {
        if (_bmp.HeaderSize < 40 || _bmp.IsRunLength || _bmp.Bits is not (8 or 24 or 32) || (_bmp.Bits == 32 && !_bmp.Masks.IsBgr))
        {
            throw new UnsupportedImageException("bmp", "TensorFlow's pixels are given for 8, 24 and 32 bits in the usual order, not compressed");
        }

        if (color == PixelColor.Gray != (_bmp.Bits == 8) || (color == PixelColor.Rgba && _bmp.Bits != 32))
        {
            throw new UnsupportedImageException("bmp", $"TensorFlow gives no {color} from {_bmp.Bits} bits a pixel");
        }
    }

    private void CorrectForTensorFlow(PixelBuffer<byte> image, ReadOnlySpan<byte> file)
    {
        switch (_bmp.Bits)
        {
            case 8:
                // The indices are the grey: the palette is not looked at.
                CopyStored(image, file, 0, 0);
                CopyStored(image, file, 0, 1);
                CopyStored(image, file, 0, 2);
                break;
            case 32:
                CopyStored(image, file, 3, 3);
                break;
        }
    }

    private void CorrectForPillow(PixelBuffer<byte> image, ReadOnlySpan<byte> file)
    {
        if (_bmp.Bits == 16)
        {
            Widen(image.Values, _bmp.Masks.Is565 ? 2 : 3);
            PixelChannels.FillAlpha(image.Values, byte.MaxValue);
        }
        else if (_bmp is { Bits: 32, HeaderSize: 56, Masks: { IsBgr: true, Alpha: TopByte } })
        {
            // Skia takes the alpha of the two longer headers only.
            CopyStored(image, file, 3, 3);
        }
        else if (_bmp.IsRunLength)
        {
            FillSkipped(image.Values, file);
        }
    }

    /// <summary>Pillow widens v of b bits to v · 255 / (2^b - 1) rounded down, Skia rounds to nearest; the upper bits are the same.</summary>
    /// <param name="greenShift">How many bits green lacks.</param>
    private static void Widen(Span<byte> pixels, int greenShift)
    {
        for (var index = 0; index < pixels.Length; index += 4)
        {
            pixels[index] = (byte)((pixels[index] >> 3) * 255 / 31);
            pixels[index + 1] = (byte)((pixels[index + 1] >> greenShift) * 255 / (255 >> greenShift));
            pixels[index + 2] = (byte)((pixels[index + 2] >> 3) * 255 / 31);
        }
    }

    /// <summary>Pixels that no run reached are transparent black in Skia, the first palette entry in Pillow.</summary>
    private void FillSkipped(Span<byte> pixels, ReadOnlySpan<byte> file)
    {
        var entry = _bmp.PaletteOffset + 3 <= file.Length ? file.Slice(_bmp.PaletteOffset, 3) : [0, 0, 0];
        ReadOnlySpan<byte> color = [entry[2], entry[1], entry[0], byte.MaxValue];
        for (var index = 0; index < pixels.Length; index += 4)
        {
            if (pixels[index + 3] == 0)
            {
                color.CopyTo(pixels[index..]);
            }
        }
    }

    /// <summary>Copies one byte of every stored pixel into one channel. Rows that are not there stay as they are.</summary>
    private void CopyStored(PixelBuffer<byte> image, ReadOnlySpan<byte> file, int sourceByte, int channel)
    {
        var pixelSize = _bmp.Bits / 8;
        for (var stored = 0; stored < image.Height; stored++)
        {
            var start = _bmp.DataOffset + (stored * _bmp.Stride);
            if (start + _bmp.Stride > file.Length)
            {
                return;
            }

            var source = file[(int)start..];
            var target = image.Row(_bmp.IsTopDown ? stored : image.Height - 1 - stored);
            for (var x = 0; x < image.Width; x++)
            {
                target[(x * 4) + channel] = source[(x * pixelSize) + sourceByte];
            }
        }
    }
}
