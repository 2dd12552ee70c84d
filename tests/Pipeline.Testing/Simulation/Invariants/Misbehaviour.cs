using Pipeline.Testing.Simulation.World;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>What no history shows: work that ends with an exception instead of an answer, crashes, and work that never ends.</summary>
internal static class Misbehaviour
{
    public static IEnumerable<Violation> Of(SimulationWorld world)
    {
        var end = world.History.Entries.Count - 1;
        if (world.Loop.Escape is { } escape)
        {
            yield return new Violation("Thread", "everything", $"simulated code has left the simulation's thread: {escape}", [end]);
        }

        foreach (var worker in world.Workers.All)
        {
            foreach (var failure in worker.Failures)
            {
                yield return new Violation("Exceptions", worker.Process.Name, failure, [end]);
            }

            if (worker.Process.Crash is { } crash)
            {
                yield return new Violation("Exceptions", worker.Process.Name, crash.ToString(), [end]);
            }

            if (!worker.Process.IsDead && worker.Running.Count > 0)
            {
                yield return new Violation("Hangs", worker.Process.Name, $"still works at {string.Join(", ", worker.Running)}.", [end]);
            }
        }
    }
}
