namespace Pipeline.Imaging.Decoding;

/// <summary>
/// Goes over the run lengths of a BMP before they are decoded. Decoders cut what passes the end of a row, and so does Pillow; but where rows are
/// missing in the end it was no picture.
/// </summary>
internal static class BmpRuns
{
    private const byte EndOfRow = 0;
    private const byte EndOfPicture = 1;
    private const byte Move = 2;

    /// <param name="data">From the first code on.</param>
    /// <exception cref="InvalidImageException">Runs pass the end of their row, and rows are missing.</exception>
    public static void Check(ReadOnlySpan<byte> data, BmpHeader header)
    {
        var (x, y) = (0L, 0L);
        var passesRow = false;
        for (var position = 0; position + 1 < data.Length;)
        {
            var (count, value) = (data[position], data[position + 1]);
            position += 2;
            if (count > 0)
            {
                x += count;
            }
            else if (value == EndOfRow)
            {
                (x, y) = (0, y + 1);
            }
            else if (value == EndOfPicture)
            {
                break;
            }
            else if (value == Move)
            {
                if (position + 1 < data.Length)
                {
                    (x, y) = (x + data[position], y + data[position + 1]);
                }

                position += 2;
            }
            else
            {
                // Literals, padded to an even number of bytes.
                x += value;
                position += ((header.Compression == BmpHeader.RunLength4 ? (value + 1) / 2 : value) + 1) & ~1;
            }

            passesRow |= x > header.Width;
        }

        var rows = y + (x >= header.Width ? 1 : 0);
        if (passesRow && rows < header.Height)
        {
            throw new InvalidImageException(ImageFormat.Bmp, $"its runs pass the end of a row and make {rows} rows of {header.Height}");
        }
    }
}
