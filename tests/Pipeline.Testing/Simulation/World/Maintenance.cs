using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.World;

/// <summary>The scheduler: starts a sweep every period, sometimes two at once.</summary>
internal sealed class Maintenance
{
    private readonly SimulationWorld _world;
    private readonly Chance _chance;
    private int _sweeps;

    public Maintenance(SimulationWorld world)
    {
        _world = world;
        _chance = new Chance(world.Plan.Seed, "maintenance");
    }

    /// <summary>Raised after each sweep that ended.</summary>
    public event Action? Swept;

    public void Start() => _world.Loop.After(_chance.Between(TimeSpan.Zero, _world.Plan.SweepPeriod), Tick);

    private void Tick()
    {
        _world.Loop.After(_world.Plan.SweepPeriod, Tick);
        Sweep();
        if (_chance.Happens(_world.Plan.DoubleSweepRate))
        {
            Sweep();
        }
    }

    private void Sweep()
    {
        var worker = _world.Workers.Pick();
        var actor = $"{worker?.Process.Name ?? "nobody"}/sweep{++_sweeps}";
        _world.History.Add(new SimulationEntry.SweepBegan(_world.Loop.Now, actor));
        if (worker is null)
        {
            return;
        }

        var badLuck = _world.BadLuck;
        var paused = worker.Process.IsPaused;
        worker.Run(actor, async code =>
        {
            var answer = await code.SweepAsync(CancellationToken.None);
            _world.History.Add(new SimulationEntry.Swept(
                _world.Loop.Now, actor, answer.Complete && !paused && badLuck == _world.BadLuck, answer.Report));
            Swept?.Invoke();
        });
    }
}
