using System.Diagnostics;

namespace Pipeline.Imaging.Resizing;

/// <summary>A rectangle of a picture, seen as a picture of its own.</summary>
/// <typeparam name="T"><see cref="byte"/> or <see cref="float"/>.</typeparam>
internal readonly struct PixelRegion<T>
    where T : unmanaged
{
    private readonly PixelBuffer<T> _image;
    private readonly int _left;
    private readonly int _top;

    public PixelRegion(PixelBuffer<T> image, PixelRectangle cut)
    {
        Debug.Assert(cut is { Left: >= 0, Top: >= 0, Width: > 0, Height: > 0 }, "A region holds pixels.");
        Debug.Assert(cut.Width <= image.Width - cut.Left && cut.Height <= image.Height - cut.Top, "A region lies in its picture.");
        _image = image;
        _left = cut.Left;
        _top = cut.Top;
        Width = cut.Width;
        Height = cut.Height;
    }

    public static PixelRegion<T> Whole(PixelBuffer<T> image) => new(image, new PixelRectangle(0, 0, image.Width, image.Height));

    public int Width { get; }

    public int Height { get; }

    public int Channels => _image.Channels;

    /// <summary>Elements from the start of a row to that of the next.</summary>
    public int Stride => _image.RowLength;

    /// <summary>From the first element of a row to the last one of the row <paramref name="count"/> - 1 below, what lies between rows included.</summary>
    public ReadOnlySpan<T> Rows(int y, int count) =>
        _image.Values.Slice(((_top + y) * Stride) + (_left * Channels), ((count - 1) * Stride) + (Width * Channels));

    public ReadOnlySpan<T> Row(int y) => _image.Row(_top + y).Slice(_left * Channels, Width * Channels);
}
