namespace Pipeline.Benchmarks.Starting;

/// <summary>One start, from the start of the process to what it was started for.</summary>
/// <param name="Milliseconds">To the first answer; of a command to its end.</param>
/// <param name="PeakMebibytes">The most memory until then; 0 where the process has ended.</param>
/// <param name="Trace">What the process wrote on its standard error stream.</param>
internal sealed record StartFigures(double Milliseconds, double PeakMebibytes, string Trace);
