using System.Text.Json;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Fixtures.Kinds;

public sealed partial record ResizeRecipe
{
    private static ResizeRecipe Pillow(JsonElement parameters)
    {
        if (parameters.TryGetProperty("reducing_gap", out _) && Resample(parameters, "resample") != ResizeMethod.PillowNearest)
        {
            return Missing("reducing_gap");
        }

        if (parameters.GetProperty("mode").GetString() is not ("RGB" or "L" or "RGBA") and var mode)
        {
            return Missing($"mode {mode}");
        }

        var (width, height) = Two(parameters.GetProperty("size_wh"));
        return new(image =>
        {
            var whole = new PixelRectangle(0, 0, image.Width, image.Height);
            var box = ResizeBox.Whole(image.Width, image.Height);
            if (parameters.TryGetProperty("box", out var given))
            {
                var edges = Numbers(given).ToArray();
                box = new ResizeBox(edges[0], edges[1], edges[2], edges[3]);
            }

            return Resizer.Resize(image, whole, box, width, height, new Resampling(Resample(parameters, "resample")));
        });
    }

    private static ResizeRecipe PillowFit(JsonElement parameters)
    {
        if (parameters.GetProperty("bleed").GetDouble() != 0 || !IsCentered(parameters))
        {
            return Missing("bleed and centering");
        }

        var (width, height) = Two(parameters.GetProperty("size_wh"));
        return new(image => Fitter.Fit(image, new FitSpec(FitMode.PillowFit, width, height), new Resampling(Resample(parameters, "method"))));
    }

    private static ResizeRecipe PillowPad(JsonElement parameters)
    {
        if (!IsCentered(parameters))
        {
            return Missing("centering");
        }

        var (width, height) = Two(parameters.GetProperty("size_wh"));
        var color = parameters.GetProperty("color").EnumerateArray().Select(value => value.GetByte()).ToArray();
        return new(image =>
        {
            // Pillow rounds half the padding to even, our contain rounds it down.
            var plan = Fitter.Plan(image.Width, image.Height, new FitSpec(FitMode.Contain, width, height));
            var pillows = plan with
            {
                OffsetX = (int)Math.Round((width - plan.ResizedWidth) * 0.5, MidpointRounding.ToEven),
                OffsetY = (int)Math.Round((height - plan.ResizedHeight) * 0.5, MidpointRounding.ToEven),
            };
            return Fitter.Apply(image, pillows, new PadColor(color[0], color[1], color[2]), new Resampling(Resample(parameters, "method")));
        });
    }

    private static ResizeRecipe PillowContain(JsonElement parameters)
    {
        var (width, height) = Two(parameters.GetProperty("size_wh"));
        return new(image =>
        {
            var plan = Fitter.Plan(image.Width, image.Height, new FitSpec(FitMode.Contain, width, height));
            return Resizer.Resize(image, plan.ResizedWidth, plan.ResizedHeight, new Resampling(Resample(parameters, "method")));
        });
    }

    private static ResizeRecipe PillowCover(JsonElement parameters)
    {
        var (width, height) = Two(parameters.GetProperty("size_wh"));
        return new(image =>
        {
            var isTooWide = (double)image.Width / image.Height > (double)width / height;
            var coveringWidth = isTooWide ? (int)Math.Round((double)image.Width / image.Height * height, MidpointRounding.ToEven) : width;
            var coveringHeight = isTooWide ? height : (int)Math.Round((double)image.Height / image.Width * width, MidpointRounding.ToEven);
            return Resizer.Resize(image, coveringWidth, coveringHeight, new Resampling(Resample(parameters, "method")));
        });
    }

    private static ResizeRecipe TorchVision(JsonElement parameters)
    {
        var crop = parameters.GetProperty("crop").GetInt32();
        var spec = new FitSpec(FitMode.ShortSide, crop, crop) { ResizeTo = parameters.GetProperty("short").GetInt32() };
        return new(image => Fitter.Fit(image, spec, new Resampling(Resample(parameters, "resample"))));
    }

    private static bool IsCentered(JsonElement parameters) => Numbers(parameters.GetProperty("centering")).All(share => share == 0.5);

    private static ResizeMethod Resample(JsonElement parameters, string field)
    {
        var name = $"pil-{parameters.GetProperty(field).GetString()!.ToLowerInvariant()}";
        return ResizeMethodNames.TryParse(name, out var method) ? method : throw new InvalidDataException($"'{name}' is none of Pillow's filters.");
    }
}
