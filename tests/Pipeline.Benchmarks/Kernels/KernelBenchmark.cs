using Pipeline.Benchmarks.Measuring;
using Pipeline.Inference.Execution;
using Pipeline.Inference.Measuring;
using Pipeline.Inference.Tensors;

namespace Pipeline.Benchmarks.Kernels;

/// <summary>Measures the steps that kernels are in plans, one at a time on one thread, between blocks of the machine's peak.</summary>
internal sealed class KernelBenchmark
{
    private const int FewestRuns = 2;
    private const int MostRuns = 4000;

    private static readonly TimeSpan PeakTime = TimeSpan.FromMilliseconds(30);

    private readonly TimeSpan _time;
    private readonly TimeProvider _timeProvider;

    /// <param name="time">For each kernel.</param>
    public KernelBenchmark(TimeSpan time, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _time = time;
        _timeProvider = timeProvider;
    }

    public TierFigures Run(IReadOnlyList<KernelCase> cases)
    {
        var measured = new List<(KernelCase Kernel, TimeSpan Least, long MultiplyAdds, long Floats)>();
        List<double> peaks = [Peak()];
        foreach (var kernel in cases)
        {
            var (least, multiplyAdds) = Measure(kernel, out var floats);
            measured.Add((kernel, least, multiplyAdds, floats));
            peaks.Add(Peak());
        }

        var peak = Median.Of(peaks);
        return new TierFigures(KernelLimits.LiveTier, peak, [.. measured.Select(one => Figure(one.Kernel, one.Least, one.MultiplyAdds, one.Floats, peak))]);
    }

    private static KernelFigure Figure(KernelCase kernel, TimeSpan least, long multiplyAdds, long floats, double peak)
    {
        double? rate = multiplyAdds > 0 ? 2 * multiplyAdds / least.TotalNanoseconds : null;
        return new KernelFigure(kernel.Family, kernel.Name, least.TotalMicroseconds, rate, rate / peak, floats * sizeof(float) / 1024);
    }

    private double Peak() => FmaPeak.Measure(1, PeakTime, _timeProvider).BestGigaflops;

    /// <summary>The least time of the step that computes, without those that only turn plain values into blocks and back.</summary>
    private (TimeSpan Least, long MultiplyAdds) Measure(KernelCase kernel, out long floats)
    {
        var session = new InferenceSession(kernel.Build(), new SessionOptions { Threads = 1 });
        var inputs = new Dictionary<string, RuntimeValue> { ["x"] = KernelCase.Random(kernel.Input) };
        var result = (Tensor)session.Run(inputs)["y"];
        floats = kernel.Input.ElementCount + result.Shape.ElementCount + kernel.Filter.Aggregate(kernel.Filter.Count > 0 ? 1L : 0L, (product, size) => product * size);
        var (least, multiplyAdds) = (TimeSpan.MaxValue, 0L);
        var start = _timeProvider.GetTimestamp();
        for (var run = 0; run < MostRuns && (run < FewestRuns || _timeProvider.GetElapsedTime(start) < _time); run++)
        {
            foreach (var step in session.Profile(inputs, _timeProvider).Steps.Where(step => step.Name == "kernel"))
            {
                least = step.Elapsed < least ? step.Elapsed : least;
                multiplyAdds = step.MultiplyAdds ?? 0;
            }
        }

        return (least, multiplyAdds);
    }
}
