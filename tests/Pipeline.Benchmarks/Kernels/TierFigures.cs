using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>What the kernels of one process reached.</summary>
/// <param name="Tier">The vectors that its kernels compute in.</param>
/// <param name="PeakGigaflops">Multiply-adds out of registers: the median of those measured between the kernels.</param>
internal sealed record TierFigures(string Tier, double PeakGigaflops, ImmutableArray<KernelFigure> Kernels);
