using System.Collections.Immutable;
using Pipeline.Imaging.Decoding;
using Pipeline.Imaging.Resizing;

namespace Pipeline.Models.Package.Manifest;

/// <summary>Every name that a manifest may use as a value.</summary>
internal static class ManifestNames
{
    public static NameTable<PixelReference> Decode { get; } = new() { ["pillow"] = PixelReference.Pillow, ["tensorflow"] = PixelReference.TensorFlow };

    /// <summary>True: applied.</summary>
    public static NameTable<bool> Orientation { get; } = new() { ["apply"] = true, ["ignore"] = false };

    public static NameTable<ChannelOrder> Color { get; } = new() { ["rgb"] = ChannelOrder.Rgb, ["bgr"] = ChannelOrder.Bgr, ["gray"] = ChannelOrder.Gray };

    public static NameTable<AlphaTreatment> Alpha { get; } = new() { ["drop"] = AlphaTreatment.Drop, ["white"] = AlphaTreatment.White, ["black"] = AlphaTreatment.Black };

    /// <summary>True: accepted.</summary>
    public static NameTable<bool> Truncated { get; } = new() { ["refuse"] = false, ["accept"] = true };

    public static NameTable<FitMode> Fit { get; } = new()
    {
        ["stretch"] = FitMode.Stretch,
        ["cover"] = FitMode.Cover,
        ["pil-fit"] = FitMode.PillowFit,
        ["contain"] = FitMode.Contain,
        ["short-side"] = FitMode.ShortSide,
        ["central"] = FitMode.Central,
    };

    public static NameTable<TensorLayout> Layout { get; } = new() { ["nhwc"] = TensorLayout.Nhwc, ["nchw"] = TensorLayout.Nchw };

    public static NameTable<Activation> Activation { get; } = new()
    {
        ["none"] = Package.Activation.None,
        ["softmax"] = Package.Activation.Softmax,
        ["sigmoid"] = Package.Activation.Sigmoid,
    };

    /// <summary>All legal ones; those that run today are <see cref="ResizeMethodNames.All"/>.</summary>
    public static ImmutableArray<string> Resize { get; } =
    [
        "tf-bilinear", "tf-bilinear-antialias", "tf-nearest", "tf-area",
        "tf-bicubic", "tf-bicubic-antialias", "tf-lanczos3", "tf-lanczos3-antialias", "tf-lanczos5", "tf-lanczos5-antialias",
        "tf-gaussian", "tf-gaussian-antialias", "tf-mitchell", "tf-mitchell-antialias",
        "tf1-bilinear", "tf1-nearest", "tf1-bicubic",
        "pil-nearest", "pil-box", "pil-bilinear", "pil-hamming", "pil-bicubic", "pil-lanczos",
        "cv-nearest", "cv-linear", "cv-area", "cv-cubic", "cv-lanczos4",
    ];
}
