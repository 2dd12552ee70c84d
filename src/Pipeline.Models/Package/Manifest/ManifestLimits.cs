namespace Pipeline.Models.Package.Manifest;

/// <summary>The ranges of a manifest's values; the published schema states the same.</summary>
internal static class ManifestLimits
{
    /// <summary>Bytes of the file.</summary>
    public const int MaxFileLength = 1 << 20;

    /// <summary>How deep its objects and arrays may nest before it is refused unread.</summary>
    public const int MaxDepth = 16;

    /// <summary>Keys of an object whose keys are given: above that none of them is named.</summary>
    public const int MaxKeys = 100;

    /// <summary>Pixels of a side of the input.</summary>
    public const int MaxSide = 4096;

    public const int MaxTop = 100;

    /// <summary>Characters of a tensor's, signature's or label's name.</summary>
    public const int MaxTextLength = 1000;

    public const double MaxMean = 1e6;

    public const double MinStd = 1e-6;

    public const double MaxStd = 1e6;
}
