namespace Pipeline.Imaging.Decoding;

/// <summary>
/// Goes over the run lengths of a BMP before they are decoded: what passes a row or the picture is no picture, though decoders cut it.
/// </summary>
internal static class BmpRuns
{
    private const byte EndOfRow = 0;
    private const byte EndOfPicture = 1;
    private const byte Move = 2;

    /// <param name="data">From the first code on. Data that end early are left to the decoder.</param>
    /// <exception cref="InvalidImageException">A run or a move leaves the picture.</exception>
    public static void Check(ReadOnlySpan<byte> data, BmpHeader header)
    {
        var (x, y) = (0, 0);
        for (var position = 0; position + 1 < data.Length;)
        {
            var (count, value) = (data[position], data[position + 1]);
            position += 2;
            switch (count, value)
            {
                case ( > 0, _):
                    x += count;
                    break;
                case (_, EndOfRow):
                    (x, y) = (0, y + 1);
                    break;
                case (_, EndOfPicture):
                    return;
                case (_, Move) when position + 1 < data.Length:
                    x += data[position];
                    y += data[position + 1];
                    position += 2;
                    break;
                case (_, > Move):
                    // Literals, padded to an even number of bytes.
                    x += value;
                    position += ((header.Compression == BmpHeader.RunLength4 ? (value + 1) / 2 : value) + 1) & ~1;
                    break;
            }

            // Some writers fill a row of odd length up to whole bytes.
            if (x > header.Width + 1 || y > header.Height)
            {
                throw new InvalidImageException(ImageFormat.Bmp, $"a run reaches column {x} of row {y}, the picture is {header.Width} x {header.Height}");
            }
        }
    }
}
