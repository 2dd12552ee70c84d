using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>An instance that is told to stop gives its work back within its grace, and the attempt with it.</summary>
public sealed class ShutdownTests
{
    private const string Name = "users/u1/photos/photo.png";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(8);

    [Fact]
    public void Stop_WhileAnImageIsClassified_ReleasesItForTheNextSweep()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var plan = SimulationPlans.Quiet(seed);
            var simulator = new Simulator(environment => new UploadWorkerCode(environment), arrange: Arrange);

            var outcome = simulator.Run(plan with { Worker = SimulationPlans.Patient(plan.Worker) });

            Assert.True(outcome.Violations.IsEmpty, outcome.Describe());
            var result = outcome.ResultOf(Name)!;
            Assert.Equal(("classified", 1L), (result.Status, result.Attempts));
            var entries = outcome.History.Entries.ToList();
            var stop = entries.FindIndex(entry => entry is SimulationEntry.ProcessChanged { Change: "is told to stop" });
            var release = entries.FindIndex(entry => entry is SimulationEntry.Committed committed
                && ResultView.Of(committed.Changes[0].After) is { Status: "retrying", Attempts: 0 });
            Assert.True(stop >= 0 && release > stop, $"Seed {seed}: the work was not given back.\n{outcome.History}");
            Assert.InRange(entries[release].At - entries[stop].At, TimeSpan.Zero, Grace);
        }
    }

    private static void Arrange(SimulationWorld world)
    {
        world.Bucket.Put(Name, ContentKind.Slow);
        world.Loop.After(TimeSpan.FromSeconds(6), () =>
        {
            foreach (var worker in world.Workers.Alive.Where(worker => worker.Running.Any(actor => actor.Contains("upload", StringComparison.Ordinal))))
            {
                worker.Stop(Grace);
            }
        });
    }
}
