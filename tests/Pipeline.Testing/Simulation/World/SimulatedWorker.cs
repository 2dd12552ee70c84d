using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Scheduling;

namespace Pipeline.Testing.Simulation.World;

/// <summary>One incarnation of a worker: a process with the code under test in it.</summary>
public sealed class SimulatedWorker
{
    private readonly SimulationWorld _world;
    private readonly List<string> _running = [];
    private IWorkerCode? _code;

    internal SimulatedWorker(SimulationWorld world, string name, TimeSpan skew, Func<WorkerEnvironment, IWorkerCode> code)
    {
        _world = world;
        Process = new VirtualProcess(world.Loop, name, skew);
        var gate = new ProcessGate(world.Loop, Process, world.Network, world.InterruptAt, world.Latency);
        var chance = new Chance(world.Plan.Seed, $"chance of {name}");
        var environment = new WorkerEnvironment(
            name,
            world.Plan,
            new GatedDocumentStore(world.Documents, gate),
            new GatedObjectStore(world.FaultyObjects, gate),
            new SimulatedClassifier(world, Process, gate),
            Process.Clock,
            chance.Share);
        Process.Do(() => _code = code(environment));
    }

    public VirtualProcess Process { get; }

    public bool IsStopping { get; private set; }

    /// <summary>What it works at, by actor.</summary>
    public IReadOnlyList<string> Running => _running;

    /// <summary>Work that ended with an exception that is no answer.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Lets the process do a piece of work under this actor's name, unless it is dead.</summary>
    public void Run(string actor, Func<IWorkerCode, Task> work) => Process.Do(() => _ = RunAsync(actor, work));

    /// <summary>Tells the process to end, as SIGTERM does; it is killed when its grace is over.</summary>
    public void Stop(TimeSpan grace)
    {
        IsStopping = true;
        _world.CountBadLuck();
        _world.History.Add(new SimulationEntry.ProcessChanged(_world.Loop.Now, Process.Name, "is told to stop"));
        Process.Do(() => _code!.Stop());
        _world.Loop.After(grace, () => Process.Kill());
    }

    private async Task RunAsync(string actor, Func<IWorkerCode, Task> work)
    {
        Actor.Become(actor);
        _running.Add(actor);
        try
        {
            await work(_code!);
        }
        catch (Exception exception)
        {
            Failures.Add($"{actor}: {exception}");
        }

        _running.Remove(actor);
    }
}
