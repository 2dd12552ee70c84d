using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>The worker itself, in a world where everything goes wrong.</summary>
public sealed class UploadWorkerSimulationTests(ITestOutputHelper output)
{
    private readonly Simulator _simulator = new(environment => new UploadWorkerCode(environment));

    [Fact]
    public void Run_ManySeeds_AllInvariantsHold()
    {
        if (SimulationSettings.Seed is { } chosen)
        {
            var replayed = _simulator.Run(SimulationPlans.FromSeed(chosen));
            output.WriteLine(replayed.History.ToString());
            Assert.True(replayed.Violations.IsEmpty, replayed.Describe());
            return;
        }

        var failures = new List<string>();
        long steps = 0, badLuck = 0;
        var began = TimeProvider.System.GetTimestamp();
        for (var seed = SimulationSettings.FirstSeed; seed < SimulationSettings.FirstSeed + SimulationSettings.Runs; seed++)
        {
            var outcome = _simulator.Run(SimulationPlans.FromSeed(seed));
            steps += outcome.Steps;
            badLuck += outcome.BadLuck;
            if (!outcome.Violations.IsEmpty)
            {
                failures.Add(outcome.Describe());
            }
        }

        output.WriteLine($"{SimulationSettings.Runs} runs, {steps} steps, {badLuck} troubles in {TimeProvider.System.GetElapsedTime(began)}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {SimulationSettings.Runs} runs fail.\n{string.Join("\n\n", failures.Take(5))}");
    }

    [Fact]
    public void Run_SameSeed_SameHistoryToTheByte()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var first = _simulator.Run(SimulationPlans.FromSeed(seed)).History.ToString();
            var second = _simulator.Run(SimulationPlans.FromSeed(seed)).History.ToString();

            Assert.Equal(first, second);
        }
    }

    [Fact]
    public void Run_SomeSeeds_MeetEveryOutcome()
    {
        var entries = Enumerable.Range(1, 400).SelectMany(seed => _simulator.Run(SimulationPlans.FromSeed(seed)).History.Entries).ToList();

        var answers = entries.OfType<SimulationEntry.Answered>().Select(answered => answered.Outcome).ToHashSet();
        string[] expected =
        [
            "Classified", "Retrying", "Failed", "Parked", "Deleted", "Duplicate", "Superseded", "InFlight", "Deferred", "TakenOver", "StillLive",
            "Captured", "StoreUnavailable", "BucketUnavailable", "ModelNotReady", "ShuttingDown",
        ];
        Assert.Superset(expected.ToHashSet(), answers);
        Assert.Contains(entries, entry => entry is SimulationEntry.RedriveAsked { Outcome: var outcome } && outcome.StartsWith("Redriven", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry is SimulationEntry.Swept { Report: var report } && report.Contains("Classified", StringComparison.Ordinal));
        Assert.Contains(entries, entry => entry is SimulationEntry.Committed { Actor: Actor.Stranger });
    }
}
