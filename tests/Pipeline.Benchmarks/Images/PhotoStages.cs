using System.Collections.Immutable;
using Pipeline.Benchmarks.Measuring;
using Pipeline.Models.Package;

namespace Pipeline.Benchmarks.Images;

/// <summary>Where the time of one picture goes, over several rounds.</summary>
internal sealed record PhotoStages(string Photo, int Width, int Height, ImmutableArray<StageTimings> Rounds)
{
    public (double Median, double Least) Decode => Of(timings => timings.Decode);

    public (double Median, double Least) Preprocess => Of(timings => timings.Preprocess);

    public (double Median, double Least) Inference => Of(timings => timings.Inference);

    public (double Median, double Least) Sum => Of(timings => timings.Decode + timings.Preprocess + timings.Inference);

    private (double Median, double Least) Of(Func<StageTimings, TimeSpan> stage)
    {
        double[] values = [.. Rounds.Select(timings => stage(timings).TotalMilliseconds)];
        return (Median.Of(values), values.Min());
    }
}
