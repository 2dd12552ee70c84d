using Pipeline.Benchmarks.Measuring;

namespace Pipeline.Benchmarks.Starting;

/// <summary>A case with its figures.</summary>
/// <param name="Rounds">At least one.</param>
/// <param name="Trace">Where the time of one further start went; empty where the program does not say.</param>
internal sealed record StartResult(StartCase Case, IReadOnlyList<StartFigures> Rounds, string Trace)
{
    public double MedianMilliseconds => Median.Of(Rounds.Select(round => round.Milliseconds));

    public double LeastMilliseconds => Rounds.Min(round => round.Milliseconds);

    /// <summary>0 where it is not known.</summary>
    public double PeakMebibytes => Median.Of(Rounds.Select(round => round.PeakMebibytes));

    /// <summary>The most that loading may take above the host without a model: 2.5 times the weights in float32, and 40 MB.</summary>
    public double MostMebibytes => ((2.5 * Case.WeightBytes) + 40e6) / (1 << 20);
}
