namespace Pipeline.Imaging.Resizing;

/// <summary>Resamples a picture to a size.</summary>
public static class Resizer
{
    /// <param name="image">Bytes for Pillow's methods; bytes or floats for TensorFlow's.</param>
    /// <param name="box">What of the picture is resized; within it, and at least a pixel's fraction wide and high.</param>
    /// <param name="width">Of the result, in pixels.</param>
    /// <param name="height">Of the result, in pixels.</param>
    /// <returns>Bytes from Pillow's methods and, for bytes, from the nearest ones; else floats.</returns>
    /// <exception cref="ArgumentException">The box lies outside of the picture, or has fractions with a method of TensorFlow's, or the method does not take floats.</exception>
    /// <exception cref="OverflowException">The result has more than 2^31 - 1 elements.</exception>
    public static PixelBuffer Resize(PixelBuffer image, ResizeBox box, int width, int height, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        throw new NotSupportedException($"{resampling.Method} of {box} to {width} x {height}.");
    }
}
