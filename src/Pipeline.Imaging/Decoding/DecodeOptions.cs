namespace Pipeline.Imaging.Decoding;

/// <summary>What is made of a file, in the words of a model's manifest.</summary>
public sealed record DecodeOptions
{
    public static DecodeOptions Default { get; } = new();

    /// <summary>Whose pixels.</summary>
    public PixelReference Reference { get; init; } = PixelReference.Pillow;

    /// <summary>What the channels of the result are.</summary>
    public PixelColor Color { get; init; } = PixelColor.Rgb;

    /// <summary>What becomes of transparency where the result has no alpha; no meaning with <see cref="PixelColor.Rgba"/>.</summary>
    public AlphaTreatment Alpha { get; init; } = AlphaTreatment.Drop;

    /// <summary>Turns the picture as its EXIF orientation says, before everything else.</summary>
    /// <value>True by default.</value>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>Takes a picture that ends early, with what is missing filled as the decoder does, instead of refusing it as damaged.</summary>
    /// <value>False by default.</value>
    public bool AcceptTruncated { get; init; }
}
