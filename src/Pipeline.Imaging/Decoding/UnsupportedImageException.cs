namespace Pipeline.Imaging.Decoding;

/// <summary>The file is legal, or may be, but of a format or a variant of it that is not decoded.</summary>
public sealed class UnsupportedImageException : ImageException
{
    /// <param name="format">The format's name in lower case, for example <c>heic</c>.</param>
    /// <param name="detail">What of the format is not decoded; null where nothing of it is.</param>
    public UnsupportedImageException(string format, string? detail = null)
        : base(detail is null
            ? $"The image format {format} is not supported: JPEG, PNG, WebP, GIF and BMP are read."
            : $"This {format} image is not supported: {detail}.")
    {
        Format = format;
        Detail = detail;
    }

    /// <summary>For example <c>heic</c>, <c>avif</c>, <c>tiff</c>; or <c>jpeg</c> where <see cref="Detail"/> says what of it.</summary>
    public string Format { get; }

    public string? Detail { get; }
}
