using System.Globalization;

namespace Pipeline.Testing.Simulation;

/// <summary>What the environment says about simulations.</summary>
public static class SimulationSettings
{
    /// <summary>How many seeds are run; 2,000 by default.</summary>
    public const string RunsVariable = "PIPELINE_SIMULATION_RUNS";

    /// <summary>Only this seed is run, and its history is printed.</summary>
    public const string SeedVariable = "PIPELINE_SIMULATION_SEED";

    /// <summary>The first seed; 1 by default.</summary>
    public const string FirstSeedVariable = "PIPELINE_SIMULATION_FIRST_SEED";

    public static int Runs => Read(RunsVariable) ?? 2_000;

    public static int FirstSeed => Read(FirstSeedVariable) ?? 1;

    public static int? Seed => Read(SeedVariable);

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
