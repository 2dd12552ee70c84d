using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Pipeline.Functions.Tests.Support;

/// <summary>Files that call themselves pictures.</summary>
internal static class BadFiles
{
    /// <summary>A PNG whose header is right, claims a size, and has no data to speak of.</summary>
    public static byte[] HugePng(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];
    }

    /// <summary>A photo whose frame header claims the largest size that a JPEG can have.</summary>
    public static byte[] HugeJpeg(byte[] photo)
    {
        byte[] copy = [.. photo];
        var frame = copy.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        copy.AsSpan(frame + 5, 4).Fill(0xFF);
        return copy;
    }

    /// <summary>The head of a file of ISO base media, as phones write it.</summary>
    /// <param name="brand">Such as <c>heic</c>.</param>
    public static byte[] IsoMedia(string brand)
    {
        var name = Encoding.ASCII.GetBytes(brand);
        return [0, 0, 0, 24, .. "ftyp"u8, .. name, 0, 0, 0, 0, .. "mif1"u8, .. name, 0, 0, 0, 8, .. "mdat"u8];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc32.HashToUInt32(body));
        return chunk;
    }
}
