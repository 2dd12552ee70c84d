namespace Pipeline.Imaging.Resizing;

/// <summary>
/// The part of a picture that is resized, in pixels from its top left corner; edges lie between pixels, so the whole picture is 0, 0, width, height.
/// Only Pillow's methods take fractions.
/// </summary>
public readonly record struct ResizeBox(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public static ResizeBox Whole(PixelBuffer image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ResizeBox(0, 0, image.Width, image.Height);
    }
}
