using System.Collections.Immutable;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Invariants;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Testing.Simulation;

/// <summary>What came of one run.</summary>
/// <param name="Steps">Things that happened.</param>
/// <param name="BadLuck">Faults, kills and pauses among them.</param>
public sealed record SimulationOutcome(SimulationPlan Plan, SimulationHistory History, ImmutableArray<Violation> Violations, long Steps, int BadLuck)
{
    /// <summary>The result of an object as it was in the end, or null.</summary>
    public ResultView? ResultOf(string name) => HistoryReplay.FinalDocuments(History, History.Layout.Results).Values
        .Select(document => ResultView.Of(document)!)
        .SingleOrDefault(result => result.Name == name);

    /// <summary>For a failing test: the seed, how to replay it, what is broken, and the entries concerned.</summary>
    public string Describe()
    {
        var lines = new List<string> { $"Seed {Plan.Seed} breaks {Violations.Length} invariants. Replay it with {SimulationSettings.SeedVariable}={Plan.Seed}." };
        foreach (var violation in Violations.Take(5))
        {
            lines.Add(violation.ToString());
            lines.AddRange(violation.Entries.Where(index => index < History.Entries.Count).Select(index => $"  [{index}] {History.Line(index)}"));
        }

        return string.Join('\n', lines);
    }
}
