using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Scheduling;

namespace Pipeline.Testing.Simulation.World;

/// <summary>The workers. One that dies is started again under a new name.</summary>
public sealed class WorkerPool
{
    private readonly SimulationWorld _world;
    private readonly Func<WorkerEnvironment, IWorkerCode> _code;
    private readonly Chance _chance;
    private readonly List<SimulatedWorker> _all = [];
    private readonly Dictionary<VirtualProcess, (int Slot, int Life)> _places = [];

    internal WorkerPool(SimulationWorld world, Func<WorkerEnvironment, IWorkerCode> code)
    {
        _world = world;
        _code = code;
        _chance = new Chance(world.Plan.Seed, "workers");
    }

    /// <summary>Every incarnation there ever was.</summary>
    public IReadOnlyList<SimulatedWorker> All => _all;

    public IEnumerable<SimulatedWorker> Alive => _all.Where(worker => !worker.Process.IsDead);

    /// <summary>A worker that takes work, or null where there is none at the moment.</summary>
    public SimulatedWorker? Pick()
    {
        var serving = Alive.Where(worker => !worker.IsStopping).ToList();
        return serving.Count == 0 ? null : _chance.Pick(serving);
    }

    internal void StartAll()
    {
        for (var slot = 1; slot <= _world.Plan.Workers; slot++)
        {
            Start(slot, 1);
        }
    }

    private void Start(int slot, int life)
    {
        var skew = _chance.Between(-_world.Plan.LargestSkew, _world.Plan.LargestSkew);
        var worker = new SimulatedWorker(_world, $"w{slot}.{life}", skew, _code);
        _all.Add(worker);
        _places[worker.Process] = (slot, life);
        worker.Process.Changed += OnChanged;
        _world.History.Add(new SimulationEntry.ProcessChanged(_world.Loop.Now, worker.Process.Name, "starts"));
    }

    private void OnChanged(VirtualProcess process, string change)
    {
        _world.CountBadLuck();
        _world.History.Add(new SimulationEntry.ProcessChanged(_world.Loop.Now, process.Name, change));
        if (process.IsDead)
        {
            var (slot, life) = _places[process];
            _world.Loop.After(_chance.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)), () => Start(slot, life + 1));
        }
    }
}
