namespace Pipeline.Imaging.Decoding;

/// <summary>The file is of a known format and damaged.</summary>
public sealed class InvalidImageException : ImageException
{
    /// <param name="detail">What is wrong and where, without a full stop.</param>
    public InvalidImageException(ImageFormat format, string detail, Exception? innerException = null)
        : base($"The {format} image is damaged: {detail}.", innerException)
    {
        Format = format;
        Detail = detail;
    }

    public ImageFormat Format { get; }

    public string Detail { get; }
}
