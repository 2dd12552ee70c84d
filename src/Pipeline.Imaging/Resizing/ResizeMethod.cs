namespace Pipeline.Imaging.Resizing;

/// <summary>
/// Whose resampling, and which filter of it. Pillow's give bytes from bytes, exactly; TensorFlow's give floats that are not rounded,
/// but for <see cref="TfNearest"/> and <see cref="Tf1Nearest"/>, which keep the bytes.
/// </summary>
public enum ResizeMethod
{
    /// <summary>tf.image.resize bilinear: half-pixel centres, no antialiasing.</summary>
    TfBilinear,

    /// <summary>tf.image.resize nearest: half-pixel centres.</summary>
    TfNearest,

    /// <summary>tf.image.resize area: the mean over the covered source area.</summary>
    TfArea,

    /// <summary>tf.image.resize bilinear with antialias=True, and so on below.</summary>
    TfBilinearAntialias,

    /// <summary>tf.image.resize bicubic without antialiasing: an op of its own, whose weights come from a table.</summary>
    TfBicubic,
    TfBicubicAntialias,
    TfLanczos3,
    TfLanczos3Antialias,
    TfLanczos5,
    TfLanczos5Antialias,
    TfGaussian,
    TfGaussianAntialias,
    TfMitchell,
    TfMitchellAntialias,

    /// <summary>tf.compat.v1.image.resize_bilinear: top-left corners, or aligned corners.</summary>
    Tf1Bilinear,

    /// <summary>tf.compat.v1.image.resize_nearest_neighbor: top-left corners, or aligned corners.</summary>
    Tf1Nearest,

    /// <summary>tf.compat.v1.image.resize_bicubic: top-left corners, or aligned corners.</summary>
    Tf1Bicubic,

    PillowNearest,
    PillowBox,
    PillowBilinear,
    PillowHamming,
    PillowBicubic,
    PillowLanczos,
}
