namespace Pipeline.Imaging.Decoding;

/// <summary>The bytes do not begin like a picture of any known format.</summary>
public sealed class UnknownImageException : ImageException
{
    /// <param name="length">Bytes of the file.</param>
    public UnknownImageException(int length)
        : base($"The file of {length} bytes is not an image: its first bytes are those of no known format. JPEG, PNG, WebP, GIF and BMP are read.")
    {
        FileLength = length;
    }

    /// <summary>Bytes.</summary>
    public int FileLength { get; }
}
