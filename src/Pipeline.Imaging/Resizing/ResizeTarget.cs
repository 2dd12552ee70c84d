namespace Pipeline.Imaging.Resizing;

/// <summary>The size that a picture is resized to, and the part of the result that is wanted: only that part is computed.</summary>
internal readonly record struct ResizeTarget(int Width, int Height, PixelRectangle Window)
{
    public static ResizeTarget Whole(int width, int height) => new(width, height, new PixelRectangle(0, 0, width, height));
}
