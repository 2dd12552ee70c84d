using System.Text.Json;
using Pipeline.Imaging;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Fixtures.Kinds;

/// <summary>What a <c>resize</c> case's library call comes to in our terms, or what of it is not built.</summary>
public sealed partial record ResizeRecipe(Func<PixelBuffer, PixelBuffer> Run, string? NotBuilt = null)
{
    private const string EfficientNet = "efficientnet: side = int(size / (size + 32) * min(h, w)), offset = (h - side + 1) // 2, compat.v1.image.";

    /// <param name="method">The library's call, as recorded.</param>
    /// <param name="parameters">Its arguments.</param>
    public static ResizeRecipe For(string method, JsonElement parameters) => method switch
    {
        "tf.image.resize" => TensorFlow(parameters),
        "tf.compat.v1.image.resize_bilinear" => TensorFlow1(parameters, ResizeMethod.TfBilinear, ResizeMethod.Tf1Bilinear),
        "tf.compat.v1.image.resize_nearest_neighbor" => TensorFlow1(parameters, ResizeMethod.TfNearest, ResizeMethod.Tf1Nearest),
        "tf.compat.v1.image.resize_area" => TensorFlow1(parameters, null, ResizeMethod.TfArea),
        "tf.compat.v1.image.resize_bicubic" => TensorFlow1(parameters, ResizeMethod.TfBicubic, ResizeMethod.Tf1Bicubic),
        "tf.image.resize_with_crop_or_pad" => CropOrPad(parameters),
        $"{EfficientNet}resize_bicubic" => EfficientNetCrop(parameters, ResizeMethod.Tf1Bicubic),
        $"{EfficientNet}resize_bilinear" => EfficientNetCrop(parameters, ResizeMethod.Tf1Bilinear),
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

    private static (int First, int Second) Two(JsonElement numbers) => (numbers[0].GetInt32(), numbers[1].GetInt32());

    private static IEnumerable<double> Numbers(JsonElement numbers) => numbers.EnumerateArray().Select(number => number.GetDouble());
}
