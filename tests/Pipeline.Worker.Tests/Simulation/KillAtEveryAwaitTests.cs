using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>A worker killed at its first, second, … last await: redelivery and sweep bring every object to its right end.</summary>
public sealed class KillAtEveryAwaitTests(ITestOutputHelper output)
{
    private const string Name = "users/u1/photos/photo.png";

    private const int Seeds = 10;

    [Theory]
    [InlineData("upload", 4, "classified", "label1")]
    [InlineData("slow upload", 5, "classified", "label1")]
    [InlineData("sweep", 6, "classified", "label1")]
    [InlineData("removal", 3, "deleted", null)]
    [InlineData("overwritten upload", 7, "classified", "label2")]
    [InlineData("hopeless sweep", 6, "failed", null)]
    [InlineData("capture", 2, "classified", "label1")]
    [InlineData("redrive", 2, "classified", "label1")]
    public void Kill_AtEveryAwait_EndsAsItShould(string scenario, int atLeast, string status, string? label)
    {
        var runs = 0;
        var fewest = int.MaxValue;
        foreach (var kind in new[] { InterruptionKind.KillBefore, InterruptionKind.KillAfter })
        {
            for (var seed = 1; seed <= Seeds; seed++)
            {
                var number = 1;
                while (Run(scenario, seed, number, kind) is { } outcome)
                {
                    Assert.True(outcome.Violations.IsEmpty, $"{kind} at await {number}: {outcome.Describe()}\n{outcome.History}");
                    Assert.Equal((status, label), (outcome.ResultOf(Name)?.Status, outcome.ResultOf(Name)?.Label));
                    number++;
                    runs++;
                }

                fewest = Math.Min(fewest, number - 1);
            }
        }

        output.WriteLine($"{scenario}: {runs} kills, at least {fewest} awaits in each run.");
        Assert.True(fewest >= atLeast, $"Only {fewest} awaits were met.");
    }

    /// <summary>Null where the work had no such await.</summary>
    private static SimulationOutcome? Run(string scenario, int seed, int number, InterruptionKind kind)
    {
        var killing = new EveryAwait(scenario.Split(' ')[^1], number, new Interruption(kind));
        var simulator = new Simulator(environment => new UploadWorkerCode(environment), killing.At, world => Arrange(scenario, world));
        var outcome = simulator.Run(Plan(scenario, seed));
        return killing.Hit is null ? null : outcome;
    }

    private static SimulationPlan Plan(string scenario, int seed)
    {
        var plan = SimulationPlans.Quiet(seed);
        return plan with
        {
            Turmoil = TimeSpan.FromMinutes(6),
            Retention = scenario == "capture" ? TimeSpan.Zero : plan.Retention,
            Worker = SimulationPlans.Patient(plan.Worker),
        };
    }

    private static void Arrange(string scenario, SimulationWorld world)
    {
        world.Bucket.Put(
            Name,
            scenario switch
            {
                "slow upload" or "overwritten upload" => ContentKind.Slow,
                "hopeless sweep" => ContentKind.Hopeless,
                _ => ContentKind.Good,
            });
        switch (scenario)
        {
            case "sweep":
                world.Bucket.MakeUnreadable(Name, TimeSpan.FromSeconds(30));
                break;
            case "removal":
                world.Loop.After(TimeSpan.FromSeconds(30), () => world.Bucket.Delete(Name));
                break;
            case "redrive":
                world.Loop.After(TimeSpan.FromSeconds(30), () => world.Operator.Redrive(Name));
                break;
            case "overwritten upload":
                world.Loop.After(TimeSpan.FromSeconds(5), () => world.Bucket.Put(Name, ContentKind.Good));
                break;
        }
    }
}
