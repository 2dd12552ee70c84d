using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Invariants;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Testing.Simulation.World;

namespace Pipeline.Testing.Simulation;

/// <summary>One seeded run of the real code in a world where everything goes wrong for a while, and then nothing.</summary>
public sealed class Simulator
{
    private const long MaxSteps = 2_000_000;

    private readonly Func<WorkerEnvironment, IWorkerCode> _code;
    private readonly Func<AwaitPoint, Interruption>? _interrupt;
    private readonly Action<SimulationWorld>? _arrange;

    /// <param name="code">Wires the code under test for one process.</param>
    /// <param name="interrupt">Stops processes at chosen awaits; null: by the plan's rates.</param>
    /// <param name="arrange">What is to happen; null: what the plan's seed chooses.</param>
    public Simulator(
        Func<WorkerEnvironment, IWorkerCode> code, Func<AwaitPoint, Interruption>? interrupt = null, Action<SimulationWorld>? arrange = null)
    {
        ArgumentNullException.ThrowIfNull(code);
        _code = code;
        _interrupt = interrupt;
        _arrange = arrange;
    }

    /// <summary>Runs a plan to its end and judges its history.</summary>
    public SimulationOutcome Run(SimulationPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunHere(plan);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private SimulationOutcome RunHere(SimulationPlan plan)
    {
        var rules = SimulationRules.Of(plan);
        var world = new SimulationWorld(plan, _code, _interrupt);
        var settled = false;
        world.Maintenance.Swept += () => settled |= world.IsCalm && IsSettled(world);
        world.Workers.StartAll();
        world.Maintenance.Start();
        if (_arrange is null)
        {
            new RandomTurmoil(world).Arrange();
        }
        else
        {
            _arrange(world);
        }

        world.Loop.RunUntil(() => false, world.Loop.Now + plan.Turmoil, MaxSteps);
        world.CalmDown();
        var patience = plan.LongestPause + plan.Retention + ((rules.MaxAttempts + 2) * rules.LongestNeglect);
        var end = world.Loop.Now + patience;
        do
        {
            settled = false;
            world.Loop.RunUntil(() => settled, end, MaxSteps);
            world.Loop.RunUntil(() => IsIdle(world), world.Loop.Now + rules.SweepDuration, MaxSteps);
        }
        while (!IsSettled(world) && world.Loop.Now < end);
        world.History.Add(new SimulationEntry.Settled(world.Loop.Now));
        return new SimulationOutcome(plan, world.History, [.. AllInvariants.Check(world.History, rules), .. Misbehaviour.Of(world)], world.Loop.Steps, world.BadLuck);
    }

    private static bool IsIdle(SimulationWorld world) => world.Workers.Alive.All(worker => worker.Running.Count == 0);

    private static bool IsSettled(SimulationWorld world) =>
        world.Platform.Outstanding == 0
        && world.Workers.Alive.All(worker => !worker.Process.IsPaused)
        && world.Store.Peek(world.History.Layout.Results).All(document => ResultView.Of(document)!.IsTerminal)
        && world.Store.Peek(world.History.Layout.DeadLetters).All(document => LetterView.Of(document)!.State == "parked");
}
