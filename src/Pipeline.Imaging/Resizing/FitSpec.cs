namespace Pipeline.Imaging.Resizing;

/// <summary>A fit with its arguments, in the words of a model's manifest.</summary>
/// <param name="Width">The target's width in pixels, 1 or more.</param>
/// <param name="Height">The target's height in pixels, 1 or more.</param>
public sealed record FitSpec(FitMode Mode, int Width, int Height)
{
    /// <summary>The short side after resizing, in pixels; only for <see cref="FitMode.ShortSide"/>, which needs it.</summary>
    public int ResizeTo { get; init; }

    /// <summary>The kept share of either side, above 0 and up to 1; only for <see cref="FitMode.Central"/>.</summary>
    public double Fraction { get; init; } = 1;

    /// <summary>What fills the padding, one value a channel.</summary>
    public PadColor Pad { get; init; }
}
