using System.Collections.Immutable;
using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Benching;

/// <summary>What was measured of a model.</summary>
/// <param name="LoadMilliseconds">Files to a session that can run.</param>
/// <param name="FirstRunMilliseconds">The first run after loading.</param>
/// <param name="AllocatedBytes">A run, managed memory.</param>
/// <param name="MultiplyAdds">A run; null where it is not known.</param>
/// <param name="Peak">Measured right before the runs, on as many threads.</param>
/// <param name="IsPlanned">Whether the model runs as a plan; else it is interpreted.</param>
/// <param name="ArenaBytes">What a run of the plan takes beside its inputs and results.</param>
/// <param name="Steps">In the order in which they run.</param>
internal sealed record BenchResult(
    double LoadMilliseconds,
    double FirstRunMilliseconds,
    RunTimes Times,
    long AllocatedBytes,
    long? MultiplyAdds,
    FmaPeak Peak,
    bool IsPlanned,
    long ArenaBytes,
    ImmutableArray<StepTime> Steps)
{
    private const double OperationsPerMultiplyAdd = 2;
    private const double MillisecondsToGiga = 1e6;

    /// <summary>10^9 operations a second in the median run.</summary>
    public double? Gigaflops => MultiplyAdds * OperationsPerMultiplyAdd / MillisecondsToGiga / Times.Median;

    public double? ShareOfPeak => Gigaflops / Peak.BestGigaflops;
}
