using System.Runtime.Intrinsics;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>What kernels are to reach, and where they run.</summary>
internal static class KernelLimits
{
    private const string Portable = "portable";

    /// <summary>The share of the peak that a kernel is to reach, or null: there is no line. Scalar loops have none.</summary>
    /// <param name="cacheKibibytes">Of the second-level cache; null where it is not known.</param>
    public static double? LeastShare(string tier, KernelFigure figure, long? cacheKibibytes) => figure.Family switch
    {
        _ when tier == Portable => null,
        KernelFamily.Core => 0.85,
        KernelFamily.Depthwise when figure.Name.StartsWith("3x3 s1", StringComparison.Ordinal) && figure.Kibibytes <= cacheKibibytes => 0.5,
        _ => null,
    };

    /// <summary>The widest vectors that this process computes in.</summary>
    public static string LiveTier =>
        Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : Portable;

    /// <summary>The second-level cache of the first core, as Linux tells; null where nobody does.</summary>
    public static long? SecondLevelCacheKibibytes()
    {
        const string File = "/sys/devices/system/cpu/cpu0/cache/index2/size";
        return System.IO.File.Exists(File) && long.TryParse(System.IO.File.ReadAllText(File).Trim().TrimEnd('K'), out var size) ? size : null;
    }
}
