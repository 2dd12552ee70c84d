namespace Pipeline.Inference.Operators;

/// <summary>Which point of the source belongs to pixel i of the result, with scale = source size / result size.</summary>
public enum SamplingGrid
{
    /// <summary>i · scale</summary>
    Legacy,

    /// <summary>i · (source size − 1) / (result size − 1); as Legacy where the result has one pixel.</summary>
    AlignCorners,

    /// <summary>(i + 0.5) · scale − 0.5, pixels being squares whose middle counts.</summary>
    HalfPixelCenters,
}
