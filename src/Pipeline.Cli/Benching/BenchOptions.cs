namespace Pipeline.Cli.Benching;

/// <summary>How a model is measured and what is printed.</summary>
/// <param name="Runs">Null: as many as fit into five seconds, at least ten.</param>
/// <param name="Threads">The most that work on a run; null: as many as there are processors.</param>
/// <param name="UsePlans">False: the model is interpreted.</param>
/// <param name="AllSteps">Print every step in order, not only the slowest.</param>
internal sealed record BenchOptions(int? Runs, int? Threads, bool UsePlans, bool AllSteps, bool Json);
