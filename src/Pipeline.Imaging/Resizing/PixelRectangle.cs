namespace Pipeline.Imaging.Resizing;

/// <summary>A rectangle of whole pixels.</summary>
public readonly record struct PixelRectangle(int Left, int Top, int Width, int Height);
