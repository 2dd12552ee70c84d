namespace Pipeline.Imaging.Resizing;

/// <summary>What a fit comes to for one picture: a rectangle is cut out, a box of it is resized, and the result is laid onto the target.</summary>
/// <param name="Cut">What of the picture is used.</param>
/// <param name="Box">What of the cut is resized, counted from its corner.</param>
/// <param name="ResizedWidth">Pixels, 1 or more.</param>
/// <param name="ResizedHeight">Pixels, 1 or more.</param>
/// <param name="OffsetX">Where the resized picture's left edge lies on the target: above 0 there is padding, below 0 it is cut.</param>
/// <param name="OffsetY">The same for its top edge.</param>
/// <param name="Width">The target's width.</param>
/// <param name="Height">The target's height.</param>
public readonly record struct FitPlan(
    PixelRectangle Cut,
    ResizeBox Box,
    int ResizedWidth,
    int ResizedHeight,
    int OffsetX,
    int OffsetY,
    int Width,
    int Height);
