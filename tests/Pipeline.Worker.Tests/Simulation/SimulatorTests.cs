using Pipeline.Testing.Simulation;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Worker.Tests.Simulation;

public sealed class SimulatorTests
{
    private readonly Simulator _simulator = new(environment => new NaiveWorker(environment));

    [Fact]
    public void Run_SameSeed_SameHistoryToTheByte()
    {
        foreach (var seed in Enumerable.Range(1, 20))
        {
            var first = _simulator.Run(SimulationPlans.FromSeed(seed));
            var second = _simulator.Run(SimulationPlans.FromSeed(seed));

            Assert.DoesNotContain(first.Violations, violation => violation.Invariant is "Thread" or "Exceptions" or "Hangs");
            Assert.Equal(first.History.ToString(), second.History.ToString());
        }
    }

    [Fact]
    public void Run_OtherSeed_OtherHistory() => Assert.NotEqual(
        _simulator.Run(SimulationPlans.FromSeed(1)).History.ToString(), _simulator.Run(SimulationPlans.FromSeed(2)).History.ToString());

    [Fact]
    public void Run_NothingGoesWrong_EvenNaiveCodeHolds()
    {
        var outcome = _simulator.Run(SimulationPlans.Quiet(3) with { ContentMix = "G" });

        Assert.True(outcome.Violations.IsEmpty, outcome.Describe() + outcome.History);
        Assert.Equal(0, outcome.BadLuck);
    }

    [Fact]
    public void Run_EverythingGoesWrong_NaiveCodeIsCaught()
    {
        var broken = Enumerable.Range(1, 50)
            .SelectMany(seed => _simulator.Run(SimulationPlans.FromSeed(seed)).Violations)
            .Select(violation => violation.Invariant)
            .ToHashSet();

        Assert.Superset(new HashSet<string> { "I1", "I2", "I5", "I7" }, broken);
    }
}
