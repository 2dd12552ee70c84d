using System.Collections.Immutable;

namespace Pipeline.Benchmarks.Engine;

/// <summary>How nets are measured.</summary>
/// <param name="Threads">Numbers of threads, each measured by itself.</param>
/// <param name="Rounds">Of each net and number of threads.</param>
/// <param name="Budget">After this no further round of a net begins.</param>
/// <param name="AllowSpinning">Of the peer's threads.</param>
/// <param name="UsePlans">False: our engine interprets.</param>
internal sealed record EngineBenchmarkOptions(ImmutableArray<int> Threads, int Rounds, TimeSpan Budget, bool AllowSpinning, bool UsePlans);
