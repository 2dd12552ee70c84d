namespace Pipeline.Worker.Classification;

/// <summary>What is known of a picture once it is decoded.</summary>
/// <param name="Format">Lower case, for example <c>jpeg</c>.</param>
/// <param name="Width">Pixels as stored, before orientation.</param>
/// <param name="Height">Pixels as stored, before orientation.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8; 1 where none is given.</param>
public sealed record ImageFacts(string Format, int Width, int Height, long Bytes, int Orientation);
