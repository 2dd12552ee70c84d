using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Pipeline.Imaging.Tests.Support;

/// <summary>Writes small PNG files, right ones and wrong ones.</summary>
internal static class PngBytes
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>A picture of 8 bits a sample.</summary>
    /// <param name="colorType">0 grey, 2 red, green and blue, 6 with alpha.</param>
    public static byte[] Write(int width, int height, int colorType, byte[] samples, params (string Type, byte[] Data)[] before)
    {
        var rowLength = samples.Length / height;
        var raw = new List<byte>();
        for (var y = 0; y < height; y++)
        {
            raw.Add(0);
            raw.AddRange(samples.AsSpan(y * rowLength, rowLength));
        }

        return Join([("IHDR", Header(width, height, 8, colorType)), .. before, ("IDAT", Deflate([.. raw])), ("IEND", [])]);
    }

    /// <summary>A header that claims a size, and no data to speak of.</summary>
    public static byte[] Claim(int width, int height) => Join([("IHDR", Header(width, height, 8, 6)), ("IDAT", Deflate([0])), ("IEND", [])]);

    public static byte[] Join(params (string Type, byte[] Data)[] chunks)
    {
        var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> number = stackalloc byte[4];
        foreach (var (type, data) in chunks)
        {
            byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
            BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
            file.Write(number);
            file.Write(body);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
            file.Write(number);
        }

        return file.ToArray();
    }

    public static byte[] Header(int width, int height, int depth, int colorType)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colorType;
        return header;
    }

    /// <summary>The data of a zTXt chunk.</summary>
    public static byte[] Compressed(string keyword, byte[] text) => [.. System.Text.Encoding.ASCII.GetBytes(keyword), 0, 0, .. Deflate(text)];

    private static byte[] Deflate(byte[] raw)
    {
        var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(raw);
        }

        return compressed.ToArray();
    }
}
