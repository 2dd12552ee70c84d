using Pipeline.Benchmarks.Measuring;
using Pipeline.Inference.Measuring;

namespace Pipeline.Benchmarks.Engine;

/// <summary>What was measured of one net with one number of threads.</summary>
/// <param name="Threads">Those of the peer, and ours where the engine takes so many.</param>
/// <param name="Times">Null where there is no figure.</param>
/// <param name="Remark">Why there is no figure, or what is to be known about it; null: nothing.</param>
/// <param name="MultiplyAdds">Of one run; null where it is not known.</param>
/// <param name="Peak">Measured right before, with as many threads; null where nothing was measured.</param>
internal sealed record NetResult(PerformanceNet Net, int Threads, RoundTimes? Times, string? Remark, long? MultiplyAdds = null, FmaPeak? Peak = null)
{
    private const double OperationsPerMultiplyAdd = 2;
    private const double MillisecondsToGiga = 1e6;

    /// <summary>10^9 operations a second of ours.</summary>
    public double? OurGigaflops => Times is null ? null : MultiplyAdds * OperationsPerMultiplyAdd / MillisecondsToGiga / Times.OurMilliseconds;

    /// <summary>Ours as a part of <see cref="Peak"/>.</summary>
    public double? ShareOfPeak => OurGigaflops / Peak?.BestGigaflops;

    public static NetResult Without(PerformanceNet net, int threads, string reason) => new(net, threads, null, reason);
}
