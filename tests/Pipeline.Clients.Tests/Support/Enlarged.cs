using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Pipeline.Imaging.Decoding;

namespace Pipeline.Clients.Tests.Support;

/// <summary>A sample picture as a PNG file, each pixel drawn as a square: as large as a test needs, and of the same label.</summary>
internal static class Enlarged
{
    private const byte TrueColour = 2;

    /// <param name="side">Of the squares.</param>
    /// <param name="level">How small the file is made.</param>
    public static byte[] Png(string sample, int side, CompressionLevel level)
    {
        var file = File.ReadAllBytes(Path.Combine(Programs.Samples, sample));
        var pixels = new ImageDecoder(TimeProvider.System).Decode(file, DecodeLimits.Default, DecodeOptions.Default, CancellationToken.None);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, pixels.Width * side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Height * side);
        (header[8], header[9]) = (8, TrueColour);
        using var rows = new MemoryStream();
        using (var deflate = new ZLibStream(rows, level, leaveOpen: true))
        {
            var row = new byte[1 + (pixels.RowLength * side)];
            for (var y = 0; y < pixels.Height; y++)
            {
                for (var x = 0; x < pixels.Width * side; x++)
                {
                    pixels.Row(y).Slice(x / side * 3, 3).CopyTo(row.AsSpan(1 + (x * 3)));
                }

                for (var times = 0; times < side; times++)
                {
                    deflate.Write(row);
                }
            }
        }

        using var png = new MemoryStream();
        png.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        Write(png, "IHDR"u8, header);
        Write(png, "IDAT"u8, rows.ToArray());
        Write(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Write(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
