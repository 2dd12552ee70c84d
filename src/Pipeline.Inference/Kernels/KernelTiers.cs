using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Inference.Kernels;

/// <summary>The one place that looks at the machine.</summary>
internal static class KernelTiers
{
    /// <summary>The widest tier of this machine and process.</summary>
    public static KernelTier Live { get; } =
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? KernelTier.Vector512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported && Fma.IsSupported ? KernelTier.Vector256
        : KernelTier.Portable;
}
