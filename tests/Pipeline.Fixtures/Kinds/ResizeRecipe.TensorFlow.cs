using System.Text.Json;
using Pipeline.Imaging;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Fixtures.Kinds;

public sealed partial record ResizeRecipe
{
    private static ResizeRecipe TensorFlow(JsonElement parameters)
    {
        var name = parameters.GetProperty("method").GetString()!;
        // Nearest and area have no antialiasing: TensorFlow ignores it there.
        var antialias = parameters.GetProperty("antialias").GetBoolean() && name is not ("nearest" or "area");
        var method = $"tf-{(name == "mitchellcubic" ? "mitchell" : name)}{(antialias ? "-antialias" : string.Empty)}";
        if (!ResizeMethodNames.TryParse(method, out var built))
        {
            return Missing(method);
        }

        return parameters.GetProperty("preserve_aspect_ratio").GetBoolean()
            ? KeepingAspect(parameters.GetProperty("size"), new Resampling(built))
            : ToSize(parameters.GetProperty("size"), new Resampling(built));
    }

    private static ResizeRecipe KeepingAspect(JsonElement heightAndWidth, Resampling resampling)
    {
        var (height, width) = Two(heightAndWidth);
        return new(image =>
        {
            var scale = MathF.Min(height / (float)image.Height, width / (float)image.Width);
            return Resizer.Resize(image, (int)MathF.Round(scale * image.Width), (int)MathF.Round(scale * image.Height), resampling);
        });
    }

    private static ResizeRecipe TensorFlow1(JsonElement parameters, ResizeMethod? halfPixel, ResizeMethod plain)
    {
        var isHalfPixel = parameters.TryGetProperty("half_pixel_centers", out var half) && half.GetBoolean();
        var method = isHalfPixel ? halfPixel!.Value : plain;
        return ToSize(parameters.GetProperty("size"), new Resampling(method, parameters.GetProperty("align_corners").GetBoolean()));
    }

    private static ResizeRecipe ToSize(JsonElement heightAndWidth, Resampling resampling)
    {
        var (height, width) = Two(heightAndWidth);
        return new(image => Resizer.Resize(image, width, height, resampling));
    }

    private static PixelBuffer CentralCrop(PixelBuffer image, double fraction)
    {
        var cut = Fitter.Plan(image.Width, image.Height, new FitSpec(FitMode.Central, 1, 1) { Fraction = fraction }).Cut;
        return Resizer.Resize(image, cut, ResizeBox.Whole(cut.Width, cut.Height), cut.Width, cut.Height, new Resampling(ResizeMethod.TfNearest));
    }

    private static ResizeRecipe Slim(JsonElement parameters)
    {
        var (height, width) = Two(parameters.GetProperty("size"));
        var spec = new FitSpec(FitMode.Central, width, height) { Fraction = parameters.GetProperty("central_fraction").GetDouble() };
        return new(image => Fitter.Fit(image, spec, new Resampling(ResizeMethod.Tf1Bilinear)));
    }

    private static ResizeRecipe EfficientNetCrop(JsonElement parameters, ResizeMethod method)
    {
        var size = parameters.GetProperty("size").GetInt32();
        return new(image =>
        {
            var side = (int)((double)size / (size + 32) * Math.Min(image.Height, image.Width));
            var cut = new PixelRectangle((image.Width - side + 1) / 2, (image.Height - side + 1) / 2, side, side);
            return Resizer.Resize(image, cut, ResizeBox.Whole(side, side), size, size, new Resampling(method));
        });
    }

    private static ResizeRecipe CropOrPad(JsonElement parameters)
    {
        var (width, height) = (parameters.GetProperty("target_width").GetInt32(), parameters.GetProperty("target_height").GetInt32());
        return new(image => Lay(image, (width - image.Width) / 2, (height - image.Height) / 2, width, height, default));
    }

    /// <summary>The picture as it is, laid onto a canvas.</summary>
    private static PixelBuffer Lay(PixelBuffer image, int left, int top, int width, int height, PadColor color)
    {
        var plan = Fitter.Plan(image.Width, image.Height, new FitSpec(FitMode.Stretch, image.Width, image.Height));
        return Fitter.Apply(image, plan with { OffsetX = left, OffsetY = top, Width = width, Height = height }, color, new Resampling(ResizeMethod.TfNearest));
    }
}
