namespace Pipeline.Imaging.Decoding;

/// <summary>What a JPEG's frame header says.</summary>
/// <param name="Components">1, 3 or 4.</param>
internal readonly record struct JpegFrame(int Width, int Height, int Components, bool IsProgressive);
