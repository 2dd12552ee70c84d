using System.Diagnostics;

namespace Pipeline.Imaging.Decoding;

/// <summary>One chunk of a PNG; its CRC is left to the decoder.</summary>
internal readonly ref struct PngChunk
{
    private const int HeadLength = 8;
    private const int CrcLength = 4;

    /// <param name="bytes">From the length to the CRC, or to the end of the file where it ends before.</param>
    /// <param name="length">As the chunk says.</param>
    /// <param name="position">In the file.</param>
    public PngChunk(ReadOnlySpan<byte> bytes, int length, int position)
    {
        Bytes = bytes;
        Position = position;
        Data = bytes[HeadLength..Math.Min(bytes.Length, HeadLength + length)];
        Debug.Assert(bytes.Length <= HeadLength + (long)length + CrcLength, "A chunk ends with its CRC.");
    }

    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>What is there of the data.</summary>
    public ReadOnlySpan<byte> Data { get; }

    public int Position { get; }

    public bool Is(ReadOnlySpan<byte> type) => Bytes.Slice(4, 4).SequenceEqual(type);
}
