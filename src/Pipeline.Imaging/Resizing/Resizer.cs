namespace Pipeline.Imaging.Resizing;

/// <summary>Resamples a picture to a size.</summary>
public static class Resizer
{
    /// <summary>Resizes a whole picture.</summary>
    /// <inheritdoc cref="Resize(PixelBuffer, PixelRectangle, ResizeBox, int, int, Resampling)"/>
    public static PixelBuffer Resize(PixelBuffer image, int width, int height, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Resize(image, new PixelRectangle(0, 0, image.Width, image.Height), ResizeBox.Whole(image.Width, image.Height), width, height, resampling);
    }

    /// <summary>Cuts a rectangle out and resizes a box of it: what lies around the rectangle plays no part, what lies around the box does.</summary>
    /// <param name="image">Bytes for Pillow's methods; bytes or floats for TensorFlow's.</param>
    /// <param name="cut">Within the picture.</param>
    /// <param name="box">Within the cut and counted from its corner; TensorFlow's methods take the whole of it only.</param>
    /// <param name="width">Of the result, in pixels, 1 or more.</param>
    /// <param name="height">Of the result, in pixels, 1 or more.</param>
    /// <returns>As many channels; bytes from Pillow's methods and, for bytes, from the nearest ones; else floats.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The cut does not lie in the picture, or the box in the cut, or a size is below 1.</exception>
    /// <exception cref="ArgumentException">The method does not take this box, these values or aligned corners.</exception>
    /// <exception cref="OverflowException">The result has more than 2^31 - 1 elements.</exception>
    public static PixelBuffer Resize(PixelBuffer image, PixelRectangle cut, ResizeBox box, int width, int height, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return Resize(image, cut, box, ResizeTarget.Whole(width, height), resampling);
    }

    internal static PixelBuffer Resize(PixelBuffer image, PixelRectangle cut, ResizeBox box, ResizeTarget target, Resampling resampling)
    {
        CheckCut(image, cut);
        CheckBox(cut, box);
        return resampling.Method is >= ResizeMethod.PillowNearest
            ? ResizeAsPillow(image, cut, box, target, resampling)
            : ResizeAsTensorFlow(image, cut, box, target, resampling);
    }

    private static PixelBuffer<byte> ResizeAsPillow(PixelBuffer image, PixelRectangle cut, ResizeBox box, ResizeTarget target, Resampling resampling)
    {
        if (image is not PixelBuffer<byte> bytes)
        {
            throw new ArgumentException($"{resampling.Method} takes pictures of bytes.", nameof(image));
        }

        if (resampling.AlignCorners)
        {
            throw new ArgumentException($"{resampling.Method} does not align corners.", nameof(resampling));
        }

        var region = new PixelRegion<byte>(bytes, cut);
        return resampling.Method == ResizeMethod.PillowNearest
            ? PillowNearest.Resize(region, box, target)
            : PillowResampler.Resize(region, box, target, PillowFilter.For(resampling.Method));
    }

    private static PixelBuffer ResizeAsTensorFlow(PixelBuffer image, PixelRectangle cut, ResizeBox box, ResizeTarget target, Resampling resampling)
    {
        if (box != ResizeBox.Whole(cut.Width, cut.Height))
        {
            throw new ArgumentException($"{resampling.Method} takes whole pictures and cuts, not {box} of {cut}.", nameof(box));
        }

        return image switch
        {
            PixelBuffer<byte> bytes => TensorFlowResizer.Resize(new PixelRegion<byte>(bytes, cut), target, resampling),
            PixelBuffer<float> floats => TensorFlowResizer.Resize(new PixelRegion<float>(floats, cut), target, resampling),
            _ => throw new ArgumentException($"{resampling.Method} takes pictures of bytes or floats.", nameof(image)),
        };
    }

    private static void CheckCut(PixelBuffer image, PixelRectangle cut)
    {
        if (cut.Left < 0 || cut.Top < 0 || cut.Width < 1 || cut.Height < 1 || cut.Width > image.Width - cut.Left || cut.Height > image.Height - cut.Top)
        {
            throw new ArgumentOutOfRangeException(nameof(cut), cut, $"The cut does not lie in the picture of {image.Width} x {image.Height}.");
        }
    }

    /// <summary>The comparisons are false for NaN.</summary>
    private static void CheckBox(PixelRectangle cut, ResizeBox box)
    {
        var liesInside = box.Left >= 0 && box.Top >= 0 && box.Right <= cut.Width && box.Bottom <= cut.Height;
        if (!liesInside || !(box.Right > box.Left) || !(box.Bottom > box.Top))
        {
            throw new ArgumentOutOfRangeException(nameof(box), box, $"The box does not lie in the cut of {cut.Width} x {cut.Height}.");
        }
    }
}
