namespace Pipeline.Imaging.Decoding;

/// <summary>The formats that are decoded.</summary>
public enum ImageFormat
{
    Jpeg,
    Png,
    WebP,
    Gif,
    Bmp,
}
