namespace Pipeline.Imaging.Decoding;

/// <summary>What a file says of itself before any pixel is decoded.</summary>
/// <param name="Width">Pixels as stored, before the orientation is applied; 1 or more.</param>
/// <param name="Height">Pixels as stored, before the orientation is applied; 1 or more.</param>
/// <param name="Frames">How many pictures an animation has; null where only reading the whole file would tell.</param>
/// <param name="HasAlpha">True where the file can hold transparent pixels: an alpha channel, or a transparent colour.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where there is none or where it is broken.</param>
public sealed record ImageHeader(ImageFormat Format, int Width, int Height, int? Frames, bool HasAlpha, int Orientation);
