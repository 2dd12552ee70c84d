namespace Pipeline.Imaging.Decoding;

/// <summary>The first frame of a GIF.</summary>
/// <param name="PaletteOffset">Where its palette, its own or the global one, lies in the file.</param>
/// <param name="TransparentIndex">The palette entry that is transparent, or null.</param>
internal readonly record struct GifFrame(int Left, int Top, int Width, int Height, int PaletteOffset, int PaletteEntries, int? TransparentIndex);
