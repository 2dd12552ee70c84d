using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.World;

/// <summary>Asks for objects to be classified again, once each time: a request that fails or dies is not repeated.</summary>
public sealed class Operator
{
    private readonly SimulationWorld _world;
    private int _requests;

    internal Operator(SimulationWorld world)
    {
        _world = world;
    }

    public void Redrive(string name)
    {
        if (_world.Workers.Pick() is not { } worker)
        {
            return;
        }

        var actor = $"{worker.Process.Name}/redrive{++_requests}";
        worker.Run(actor, async code =>
        {
            var outcome = await code.RedriveAsync(SimulationWorld.BucketName, name, CancellationToken.None);
            _world.History.Add(new SimulationEntry.RedriveAsked(_world.Loop.Now, actor, name, outcome));
        });
    }
}
