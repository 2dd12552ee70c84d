namespace Pipeline.Imaging.Decoding;

/// <summary>Which of the <see cref="DecodeLimits"/> was passed.</summary>
public enum ImageLimit
{
    /// <summary>Width · height.</summary>
    Pixels,

    /// <summary>The longer side, in pixels.</summary>
    Side,

    /// <summary>Bytes.</summary>
    Memory,

    /// <summary>Milliseconds.</summary>
    Time,

    /// <summary>Chunks, segments or blocks of the container.</summary>
    Chunks,

    /// <summary>Scans of a progressive JPEG.</summary>
    Scans,
}
