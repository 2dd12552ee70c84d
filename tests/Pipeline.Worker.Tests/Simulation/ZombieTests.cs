using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>The owner of a claim is paused past its lease, another finishes the work, the owner wakes: whatever it writes is refused.</summary>
public sealed class ZombieTests(ITestOutputHelper output)
{
    private const string Name = "users/u1/photos/photo.png";

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData(ContentKind.Good, 150)]
    [InlineData(ContentKind.Slow, 25)]
    public void Pause_PastTheLeaseAtEveryAwaitAfterTheClaim_WritesAreRefused(ContentKind kind, int seeds)
    {
        var (zombies, refusals) = (0, 0);
        foreach (var pause in new[] { InterruptionKind.PauseBefore, InterruptionKind.PauseAfter })
        {
            for (var seed = 1; seed <= seeds; seed++)
            {
                for (var number = 1; ; number++)
                {
                    var pausing = new EveryAwait("upload", number, new Interruption(pause, Pause, ClockStands: seed % 2 == 0));
                    var outcome = Run(pausing, seed, kind);
                    if (pausing.Hit is not { } hit)
                    {
                        break;
                    }

                    Assert.True(outcome.Violations.IsEmpty, $"{pause} at await {number}: {outcome.Describe()}\n{outcome.History}");
                    Assert.Equal("classified", outcome.ResultOf(Name)?.Status);
                    if (HasLostItsClaim(outcome.History, hit))
                    {
                        var after = AfterWaking(outcome.History, hit);
                        Assert.False(after.Exists(entry => entry is SimulationEntry.Committed), $"{pause} at await {number} of seed {seed}:\n{outcome.History}");
                        zombies++;
                        refusals += after.Count(entry => entry is SimulationEntry.Refused);
                    }
                }
            }
        }

        output.WriteLine($"{zombies} zombies woke, {refusals} of their writes were refused.");
        Assert.True(zombies >= 4 * seeds && refusals >= 2 * seeds, $"Only {zombies} zombies and {refusals} refusals.");
    }

    private static SimulationOutcome Run(EveryAwait pausing, int seed, ContentKind kind)
    {
        var plan = SimulationPlans.Quiet(seed);
        plan = plan with
        {
            Turmoil = TimeSpan.FromMinutes(12),
            SweepPeriod = TimeSpan.FromMinutes(1),
            Worker = SimulationPlans.Patient(plan.Worker),
        };
        return new Simulator(environment => new UploadWorkerCode(environment), pausing.At, world => world.Bucket.Put(Name, kind)).Run(plan);
    }

    /// <summary>Whether the paused work held the claim when it was stopped, and somebody else has taken it over before it woke.</summary>
    private static bool HasLostItsClaim(SimulationHistory history, AwaitPoint hit)
    {
        var commits = history.Entries
            .TakeWhile(entry => entry is not SimulationEntry.ProcessChanged { Change: "wakes" })
            .OfType<SimulationEntry.Committed>()
            .ToList();
        var lastOwn = commits.FindLastIndex(committed => committed.Actor == hit.Actor);
        return lastOwn >= 0
            && ResultView.Of(commits[lastOwn].Changes[0].After)?.Status == "processing"
            && lastOwn < commits.Count - 1;
    }

    private static List<SimulationEntry> AfterWaking(SimulationHistory history, AwaitPoint hit) =>
    [
        .. history.Entries
            .SkipWhile(entry => entry is not SimulationEntry.ProcessChanged { Change: "wakes" })
            .Where(entry => entry is SimulationEntry.Committed committed && committed.Actor == hit.Actor
                || entry is SimulationEntry.Refused refused && refused.Actor == hit.Actor),
    ];
}
