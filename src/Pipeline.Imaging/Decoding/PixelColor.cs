namespace Pipeline.Imaging.Decoding;

/// <summary>The channels of a decoded picture.</summary>
public enum PixelColor
{
    /// <summary>Three: red, green, blue.</summary>
    Rgb,

    /// <summary>One: (19595 R + 38470 G + 7471 B + 32768) / 65536 rounded down (Pillow's convert('L')), or the stored grey.</summary>
    Gray,

    /// <summary>Four: red, green, blue and straight alpha, 255 where the file has none.</summary>
    Rgba,
}
