using System.Text.Json;
using Pipeline.Imaging;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Fixtures.Kinds;

public sealed partial record ResizeRecipe
{
    private static ResizeRecipe KerasResizing(JsonElement parameters)
    {
        var antialias = parameters.GetProperty("antialias").GetBoolean() ? "-antialias" : string.Empty;
        var method = $"tf-{parameters.GetProperty("interpolation").GetString()}{antialias}";
        if (!ResizeMethodNames.TryParse(method, out var built))
        {
            return Missing(method);
        }

        var (width, height) = (parameters.GetProperty("width").GetInt32(), parameters.GetProperty("height").GetInt32());
        return new(image =>
        {
            var floats = ToFloats(image);
            var box = IsOn(parameters, "crop_to_aspect_ratio") ? KerasBox(image, width, height) : ResizeBox.Whole(image.Width, image.Height);
            var padded = IsOn(parameters, "pad_to_aspect_ratio") ? KerasPad(floats, width, height, parameters) : floats;
            var cut = IsOn(parameters, "pad_to_aspect_ratio")
                ? new PixelRectangle(0, 0, padded.Width, padded.Height)
                : new PixelRectangle((int)box.Left, (int)box.Top, (int)(box.Right - box.Left), (int)(box.Bottom - box.Top));
            return Resizer.Resize(padded, cut, ResizeBox.Whole(cut.Width, cut.Height), width, height, new Resampling(built));
        });
    }

    private static bool IsOn(JsonElement parameters, string option) => parameters.TryGetProperty(option, out var value) && value.GetBoolean();

    /// <summary>Keras pads before it resizes, the same on both sides: half of what is missing, rounded down.</summary>
    private static PixelBuffer KerasPad(PixelBuffer image, int width, int height, JsonElement parameters)
    {
        var top = (Math.Max(image.Height, image.Width * height / width) - image.Height) / 2;
        var left = (Math.Max(image.Width, image.Height * width / height) - image.Width) / 2;
        var fill = parameters.TryGetProperty("fill_value", out var value) ? (byte)value.GetDouble() : (byte)0;
        return Lay(image, left, top, image.Width + (2 * left), image.Height + (2 * top), new PadColor(fill, fill, fill));
    }

    private static PixelBuffer<float> ToFloats(PixelBuffer image)
    {
        var floats = new PixelBuffer<float>(image.Width, image.Height, image.Channels);
        image.CopyTo(floats.Values);
        return floats;
    }

    private static ResizeRecipe KerasLoadImage(JsonElement parameters)
    {
        var color = parameters.GetProperty("color_mode").GetString();
        if (color == "grayscale")
        {
            return Missing("color_mode grayscale");
        }

        var (height, width) = Two(parameters.GetProperty("target_size"));
        var keepsAspect = parameters.GetProperty("keep_aspect_ratio").GetBoolean();
        return ResizeMethodNames.TryParse($"pil-{parameters.GetProperty("interpolation").GetString()}", out var method)
            ? new(image =>
            {
                var whole = new PixelRectangle(0, 0, image.Width, image.Height);
                var box = keepsAspect ? KerasBox(image, width, height) : ResizeBox.Whole(image.Width, image.Height);
                return Resizer.Resize(image, whole, box, width, height, new Resampling(method));
            })
            : Missing($"interpolation {parameters.GetProperty("interpolation").GetString()}");
    }

    /// <summary>Keras' own middle: like our cover, but with sides rounded down; load_img takes it as a box, Resizing cuts it out.</summary>
    private static ResizeBox KerasBox(PixelBuffer image, int width, int height)
    {
        var boxHeight = Math.Min(image.Height, image.Width * height / width);
        var boxWidth = Math.Min(image.Width, image.Height * width / height);
        var (left, top) = ((image.Width - boxWidth) / 2, (image.Height - boxHeight) / 2);
        return new ResizeBox(left, top, left + boxWidth, top + boxHeight);
    }
}
