using System.Collections.Immutable;

namespace Pipeline.Imaging.Resizing;

/// <summary>The names that a model's manifest uses for the methods that are built.</summary>
public static class ResizeMethodNames
{
    /// <summary>In ordinal order.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "pil-bicubic", "pil-bilinear", "pil-box", "pil-hamming", "pil-lanczos", "pil-nearest", "tf-area", "tf-bicubic", "tf-bicubic-antialias",
        "tf-bilinear", "tf-bilinear-antialias", "tf-gaussian", "tf-gaussian-antialias", "tf-lanczos3", "tf-lanczos3-antialias", "tf-lanczos5",
        "tf-lanczos5-antialias", "tf-mitchell", "tf-mitchell-antialias", "tf-nearest", "tf1-bicubic", "tf1-bilinear", "tf1-nearest",
    ];

    /// <param name="name">For example <c>pil-lanczos</c>; case matters.</param>
    public static bool TryParse(string name, out ResizeMethod method)
    {
        var found = Find(name);
        method = found.GetValueOrDefault();
        return found is not null;
    }

    private static ResizeMethod? Find(string name) => name switch
    {
        "tf-bilinear" => ResizeMethod.TfBilinear,
        "tf-nearest" => ResizeMethod.TfNearest,
        "tf-area" => ResizeMethod.TfArea,
        "tf-bilinear-antialias" => ResizeMethod.TfBilinearAntialias,
        "tf-bicubic" => ResizeMethod.TfBicubic,
        "tf-bicubic-antialias" => ResizeMethod.TfBicubicAntialias,
        "tf-lanczos3" => ResizeMethod.TfLanczos3,
        "tf-lanczos3-antialias" => ResizeMethod.TfLanczos3Antialias,
        "tf-lanczos5" => ResizeMethod.TfLanczos5,
        "tf-lanczos5-antialias" => ResizeMethod.TfLanczos5Antialias,
        "tf-gaussian" => ResizeMethod.TfGaussian,
        "tf-gaussian-antialias" => ResizeMethod.TfGaussianAntialias,
        "tf-mitchell" => ResizeMethod.TfMitchell,
        "tf-mitchell-antialias" => ResizeMethod.TfMitchellAntialias,
        "tf1-bicubic" => ResizeMethod.Tf1Bicubic,
        "tf1-bilinear" => ResizeMethod.Tf1Bilinear,
        "tf1-nearest" => ResizeMethod.Tf1Nearest,
        "pil-nearest" => ResizeMethod.PillowNearest,
        "pil-box" => ResizeMethod.PillowBox,
        "pil-bilinear" => ResizeMethod.PillowBilinear,
        "pil-hamming" => ResizeMethod.PillowHamming,
        "pil-bicubic" => ResizeMethod.PillowBicubic,
        "pil-lanczos" => ResizeMethod.PillowLanczos,
        _ => null,
    };
}
