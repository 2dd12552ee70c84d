namespace Pipeline.Imaging.Resizing;

/// <summary>Brings a picture of any shape to the size of the tensor.</summary>
public static class Fitter
{
    /// <summary>Resizes and cuts or pads as <paramref name="spec"/> says.</summary>
    /// <returns>A picture of the spec's size with the channels of <paramref name="image"/>; bytes or floats as <see cref="Resizer.Resize"/>.</returns>
    public static PixelBuffer Fit(PixelBuffer image, FitSpec spec, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        var plan = Plan(image.Width, image.Height, spec);
        return Resizer.Resize(image, plan.Box, plan.ResizedWidth, plan.ResizedHeight, resampling);
    }

    /// <summary>What <see cref="Fit"/> does for a picture of the given size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="spec"/> is out of its range.</exception>
    public static FitPlan Plan(int width, int height, FitSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new FitPlan(new ResizeBox(0, 0, width, height), spec.Width, spec.Height, 0, 0, spec.Width, spec.Height);
    }
}
