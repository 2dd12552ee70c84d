using Pipeline.Inference.Kernels;

namespace Pipeline.Inference.Execution.Plans;

/// <summary>Guesses how long steps take, so that work is divided only where that gains more than it costs. A guess may be wrong by a factor of a few.</summary>
internal static class StepCost
{
    private static readonly double MultiplyAddsPerNanosecond = KernelTiers.Live switch
    {
        KernelTier.Vector512 => 40,
        KernelTier.Vector256 => 20,
        _ => 1,
    };

    private static readonly double FloatsPerNanosecond = KernelTiers.Live == KernelTier.Portable ? 0.5 : 4;

    /// <param name="floats">Read or written.</param>
    /// <returns>1 or more.</returns>
    public static long Nanoseconds(long multiplyAdds, long floats) =>
        1 + (long)((multiplyAdds / MultiplyAddsPerNanosecond) + (floats / FloatsPerNanosecond));
}
