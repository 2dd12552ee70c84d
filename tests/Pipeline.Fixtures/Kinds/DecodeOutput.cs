using Pipeline.Imaging.Decoding;

namespace Pipeline.Fixtures.Kinds;

/// <summary>How a binding output of a <c>decode</c> case is asked for, or why it cannot be.</summary>
/// <param name="IsBgr">True where the recorded channels are blue, green, red.</param>
/// <param name="NotBuilt">What is not built; null where the output is.</param>
public sealed record DecodeOutput(DecodeOptions Options, bool IsBgr = false, string? NotBuilt = null)
{
    private static readonly DecodeOptions Pillow = new() { ApplyOrientation = false };
    private static readonly DecodeOptions TensorFlow = new() { ApplyOrientation = false, Reference = PixelReference.TensorFlow };

    public static bool IsBinding(string name) =>
        name is "pillow_rgb" or "pillow_rgba" or "pillow_l" or "pillow_exif_rgb" or "cv2_bgr" or "cv2_gray" or "cv2_bgr_oriented"
        || name.StartsWith("tf_", StringComparison.Ordinal)
        || name is "djpeg_scale_1_2" or "djpeg_scale_1_4" or "djpeg_scale_1_8";

    /// <param name="name">A binding output's.</param>
    /// <param name="channels">As recorded.</param>
    public static DecodeOutput For(string name, int channels, int rank, DecodeSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var color = channels switch { 1 => PixelColor.Gray, 3 => PixelColor.Rgb, _ => PixelColor.Rgba };
        return name switch
        {
            _ when rank != 3 => new(Pillow, NotBuilt: "all frames of an animation"),
            "pillow_exif_rgb" => new(Pillow with { ApplyOrientation = true }),
            _ when name.StartsWith("pillow_", StringComparison.Ordinal) => new(Pillow with { Color = color }),
            "cv2_bgr" => OpenCv(source.OpenCvDiffersIn),
            "cv2_bgr_oriented" => OpenCv(source.OpenCvDiffersIn ?? source.OpenCvTurnsDifferently) with { Options = Pillow with { ApplyOrientation = true } },
            "cv2_gray" => new(Pillow, NotBuilt: "OpenCV's grey, a JPEG's Y plane"),
            "tf_default" or "tf_image" or "tf_gray" or "tf_rgba" or "tf_gif_frames" => new(TensorFlow with { Color = color }),
            "tf_uint16" => new(TensorFlow, NotBuilt: "16 bits a sample"),
            "tf_accurate" or "tf_gray_accurate" => new(TensorFlow, NotBuilt: "TensorFlow's JPEG pixels with the accurate DCT"),
            _ => new(TensorFlow, NotBuilt: $"output {name}"),
        };

        DecodeOutput OpenCv(string? difference) =>
            new(source.Header.Format == ImageFormat.Png ? TensorFlow : Pillow, IsBgr: true, difference is null ? null : $"OpenCV's {difference}");
    }
}
