using System.Text.Json;
using Pipeline.Imaging;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Fixtures.Kinds;

/// <summary>What a <c>resize</c> case's library call comes to in our terms, or what of it is not built.</summary>
public sealed record ResizeRecipe(Func<PixelBuffer, PixelBuffer> Run, string? NotBuilt = null)
{
    /// <param name="method">The library's call, as recorded.</param>
    /// <param name="parameters">Its arguments.</param>
    public static ResizeRecipe For(string method, JsonElement parameters) => method switch
    {
        "tf.image.resize" => TensorFlow(parameters),
        "tf.compat.v1.image.resize_bilinear" => TensorFlow1(parameters, ResizeMethod.TfBilinear, ResizeMethod.Tf1Bilinear),
        "tf.compat.v1.image.resize_nearest_neighbor" => TensorFlow1(parameters, ResizeMethod.TfNearest, ResizeMethod.Tf1Nearest),
        "tf.compat.v1.image.resize_area" => TensorFlow1(parameters, null, ResizeMethod.TfArea),
        "tf.image.central_crop" => new(image => CentralCrop(image, parameters.GetProperty("central_fraction").GetDouble())),
        "slim: central_crop, compat.v1.image.resize_bilinear(align_corners=False)" => Slim(parameters),
        "keras.layers.Resizing" => KerasResizing(parameters),
        "keras.utils.load_img" => KerasLoadImage(parameters),
        "PIL.Image.resize" => Pillow(parameters),
        "PIL.ImageOps.fit" => PillowFit(parameters),
        "PIL.ImageOps.pad" => PillowPad(parameters),
        "PIL.ImageOps.contain" => PillowContain(parameters),
        "PIL.ImageOps.cover" => PillowCover(parameters),
        "torchvision: Resize(short) on PIL, CenterCrop(crop)" => TorchVision(parameters),
        _ => Missing("the method"),
    };

    private static ResizeRecipe Missing(string what) => new(_ => throw new NotSupportedException(what), what);

    private static ResizeRecipe TensorFlow(JsonElement parameters)
    {
        var name = parameters.GetProperty("method").GetString()!;
        if (parameters.GetProperty("preserve_aspect_ratio").GetBoolean())
        {
            return Missing("preserve_aspect_ratio");
        }

        // Nearest and area have no antialiasing: TensorFlow ignores it there.
        var antialias = parameters.GetProperty("antialias").GetBoolean() && name is not ("nearest" or "area");
        var method = $"tf-{(name == "mitchellcubic" ? "mitchell" : name)}{(antialias ? "-antialias" : string.Empty)}";
        return ResizeMethodNames.TryParse(method, out var built) ? ToSize(parameters.GetProperty("size"), new Resampling(built)) : Missing(method);
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

    private static ResizeRecipe KerasResizing(JsonElement parameters)
    {
        foreach (var option in new[] { "crop_to_aspect_ratio", "pad_to_aspect_ratio" })
        {
            if (parameters.TryGetProperty(option, out var value) && value.GetBoolean())
            {
                return Missing(option);
            }
        }

        var antialias = parameters.GetProperty("antialias").GetBoolean() ? "-antialias" : string.Empty;
        var method = $"tf-{parameters.GetProperty("interpolation").GetString()}{antialias}";
        return ResizeMethodNames.TryParse(method, out var built)
            ? new(image => Resizer.Resize(ToFloats(image), parameters.GetProperty("width").GetInt32(), parameters.GetProperty("height").GetInt32(), new Resampling(built)))
            : Missing(method);
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

    /// <summary>load_img's own middle: like our cover, but with sides rounded down, and as a box.</summary>
    private static ResizeBox KerasBox(PixelBuffer image, int width, int height)
    {
        var boxHeight = Math.Min(image.Height, image.Width * height / width);
        var boxWidth = Math.Min(image.Width, image.Height * width / height);
        var (left, top) = ((image.Width - boxWidth) / 2, (image.Height - boxHeight) / 2);
        return new ResizeBox(left, top, left + boxWidth, top + boxHeight);
    }

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

    private static (int First, int Second) Two(JsonElement numbers) => (numbers[0].GetInt32(), numbers[1].GetInt32());

    private static IEnumerable<double> Numbers(JsonElement numbers) => numbers.EnumerateArray().Select(number => number.GetDouble());
}
