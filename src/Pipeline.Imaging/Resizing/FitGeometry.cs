namespace Pipeline.Imaging.Resizing;

/// <summary>The arithmetic of the fits, rounded as the libraries that they are named for round.</summary>
internal static class FitGeometry
{
    public static FitPlan Plan(int width, int height, FitSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spec.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spec.Height);
        var whole = new PixelRectangle(0, 0, width, height);
        return spec.Mode switch
        {
            FitMode.Stretch => Stretch(whole, spec),
            FitMode.Cover => Stretch(CoverCut(width, height, spec), spec),
            FitMode.PillowFit => Stretch(whole, spec) with { Box = PillowFitBox(width, height, spec) },
            FitMode.Contain => Contain(whole, spec),
            FitMode.ShortSide => ShortSide(whole, spec),
            FitMode.Central => Stretch(CentralCut(width, height, spec.Fraction), spec),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Mode, "Not a fit."),
        };
    }

    private static FitPlan Stretch(PixelRectangle cut, FitSpec spec) =>
        new(cut, ResizeBox.Whole(cut.Width, cut.Height), spec.Width, spec.Height, 0, 0, spec.Width, spec.Height);

    /// <summary>The wider side becomes the other one times the target's aspect, rounded half to even.</summary>
    private static PixelRectangle CoverCut(int width, int height, FitSpec spec)
    {
        var isTooWide = (long)width * spec.Height > (long)height * spec.Width;
        var cutWidth = isTooWide ? Round((double)height * spec.Width / spec.Height, width) : width;
        var cutHeight = isTooWide ? height : Round((double)width * spec.Height / spec.Width, height);
        return new PixelRectangle((width - cutWidth) / 2, (height - cutHeight) / 2, cutWidth, cutHeight);
    }

    /// <summary>ImageOps.fit with no bleed, centred: a box of the target's aspect at fractions of pixels.</summary>
    private static ResizeBox PillowFitBox(int width, int height, FitSpec spec)
    {
        var aspect = (double)width / height;
        var targetAspect = (double)spec.Width / spec.Height;
        var (boxWidth, boxHeight) = aspect == targetAspect ? (width, height)
            : aspect > targetAspect ? (targetAspect * height, height)
            : ((double)width, width / targetAspect);
        var left = (width - boxWidth) * 0.5;
        var top = (height - boxHeight) * 0.5;
        return new ResizeBox(left, top, Math.Min(left + boxWidth, width), Math.Min(top + boxHeight, height));
    }

    /// <summary>ImageOps.contain gives the size; the odd pixel of padding lies right and below.</summary>
    private static FitPlan Contain(PixelRectangle whole, FitSpec spec)
    {
        var (width, height) = (spec.Width, spec.Height);
        var aspect = (double)whole.Width / whole.Height;
        var targetAspect = (double)width / height;
        if (aspect > targetAspect)
        {
            height = Round((double)whole.Height / whole.Width * width, height);
        }
        else if (aspect < targetAspect)
        {
            width = Round(aspect * height, width);
        }

        return Stretch(whole, spec) with
        {
            ResizedWidth = width,
            ResizedHeight = height,
            OffsetX = (spec.Width - width) / 2,
            OffsetY = (spec.Height - height) / 2,
        };
    }

    /// <summary>torchvision's Resize of the short side, the long one rounded down, and CenterCrop, which pads what is too small.</summary>
    private static FitPlan ShortSide(PixelRectangle whole, FitSpec spec)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(spec.ResizeTo);
        var isUpright = whole.Width <= whole.Height;
        var (shorter, longer) = isUpright ? (whole.Width, whole.Height) : (whole.Height, whole.Width);
        var resized = checked((int)((double)((long)spec.ResizeTo * longer) / shorter));
        var (width, height) = isUpright ? (spec.ResizeTo, resized) : (resized, spec.ResizeTo);
        return Stretch(whole, spec) with
        {
            ResizedWidth = width,
            ResizedHeight = height,
            OffsetX = CenterOffset(width, spec.Width),
            OffsetY = CenterOffset(height, spec.Height),
        };
    }

    private static int CenterOffset(int size, int target) =>
        size > target ? -(int)Math.Round((size - target) / 2.0, MidpointRounding.ToEven) : (target - size) / 2;

    /// <summary>tf.image.central_crop: what is cut away at each side is rounded down.</summary>
    private static PixelRectangle CentralCut(int width, int height, double fraction)
    {
        if (!(fraction is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "The kept fraction is above 0 and at most 1.");
        }

        var left = (int)((width - (width * fraction)) / 2);
        var top = (int)((height - (height * fraction)) / 2);
        return new PixelRectangle(left, top, width - (2 * left), height - (2 * top));
    }

    private static int Round(double size, int longest) => Math.Clamp((int)Math.Round(size, MidpointRounding.ToEven), 1, longest);
}
