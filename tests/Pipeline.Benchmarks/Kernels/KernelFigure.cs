namespace Pipeline.Benchmarks.Kernels;

/// <summary>What one kernel reached.</summary>
/// <param name="Microseconds">The best of many runs on one thread.</param>
/// <param name="Gigaflops">10^9 operations a second, two a multiply-add; null where there are none.</param>
/// <param name="ShareOfPeak">Of the tier's peak; null where there are no multiply-adds.</param>
/// <param name="Kibibytes">Of the picture, the weights and the result.</param>
internal sealed record KernelFigure(KernelFamily Family, string Name, double Microseconds, double? Gigaflops, double? ShareOfPeak, long Kibibytes);
