namespace Pipeline.Imaging.Resizing;

/// <summary>
/// The part of a picture that becomes the result, in pixels from its top left corner; edges lie between pixels, so the whole picture is
/// 0, 0, width, height. A filter near its edges still sees the pixels around it, as Pillow's <c>resize(box=…)</c> does.
/// </summary>
public readonly record struct ResizeBox(double Left, double Top, double Right, double Bottom)
{
    public static ResizeBox Whole(int width, int height) => new(0, 0, width, height);
}
