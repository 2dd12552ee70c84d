using Pipeline.Inference.Kernels;

namespace Pipeline.Inference.Tests.Support;

/// <summary>The tiers that this process can run.</summary>
internal static class Tiers
{
    public static IReadOnlyList<KernelTier> All { get; } = [.. Enum.GetValues<KernelTier>().Where(tier => tier <= KernelTiers.Live)];
}
