namespace Pipeline.Imaging.Resizing;

/// <summary>Brings a picture of any shape to the size of the tensor.</summary>
public static class Fitter
{
    /// <summary>Resizes and cuts or pads as <paramref name="spec"/> says.</summary>
    /// <returns>A picture of the spec's size with the channels of <paramref name="image"/>; bytes or floats as <see cref="Resizer"/> gives them.</returns>
    /// <exception cref="ArgumentException">A value of <paramref name="spec"/> is out of its range, or the method does not take such a fit.</exception>
    /// <exception cref="OverflowException">The resized picture would have a side beyond 2^31 - 1, which a short side times the limit on sides must stay below.</exception>
    public static PixelBuffer Fit(PixelBuffer image, FitSpec spec, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(spec);
        return Apply(image, FitGeometry.Plan(image.Width, image.Height, spec), spec.Pad, resampling);
    }

    /// <summary>What <see cref="Fit"/> does for a picture of the given size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or a value of <paramref name="spec"/> is out of its range.</exception>
    public static FitPlan Plan(int width, int height, FitSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        return FitGeometry.Plan(width, height, spec);
    }

    /// <summary>Carries a plan out.</summary>
    /// <param name="pad">What fills the target where the resized picture does not reach.</param>
    /// <exception cref="ArgumentException">The plan is not one for this picture, or the method does not take it.</exception>
    public static PixelBuffer Apply(PixelBuffer image, FitPlan plan, PadColor pad, Resampling resampling)
    {
        ArgumentNullException.ThrowIfNull(image);
        var left = Math.Max(plan.OffsetX, 0);
        var top = Math.Max(plan.OffsetY, 0);
        var columns = Math.Min(plan.OffsetX + plan.ResizedWidth, plan.Width) - left;
        var rows = Math.Min(plan.OffsetY + plan.ResizedHeight, plan.Height) - top;
        if (columns < 1 || rows < 1)
        {
            throw new ArgumentException($"{plan} leaves nothing of the picture on the target.", nameof(plan));
        }

        var target = new ResizeTarget(plan.ResizedWidth, plan.ResizedHeight, new PixelRectangle(left - plan.OffsetX, top - plan.OffsetY, columns, rows));
        var resized = Resizer.Resize(image, plan.Cut, plan.Box, target, resampling);
        return resized switch
        {
            _ when columns == plan.Width && rows == plan.Height => resized,
            PixelBuffer<byte> bytes => Pad(bytes, plan, left, top, [pad.First, pad.Second, pad.Third, byte.MaxValue]),
            _ => Pad((PixelBuffer<float>)resized, plan, left, top, [pad.First, pad.Second, pad.Third, byte.MaxValue]),
        };
    }

    private static PixelBuffer<T> Pad<T>(PixelBuffer<T> resized, FitPlan plan, int left, int top, ReadOnlySpan<T> color)
        where T : unmanaged
    {
        var channels = resized.Channels;
        var target = new PixelBuffer<T>(plan.Width, plan.Height, channels);
        for (var index = 0; index < target.Length; index += channels)
        {
            color[..channels].CopyTo(target.Values[index..]);
        }

        for (var y = 0; y < resized.Height; y++)
        {
            resized.Row(y).CopyTo(target.Row(top + y)[(left * channels)..]);
        }

        return target;
    }
}
