using System.Text;
using Pipeline.Testing.Simulation.History;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>The bucket as its users see it; each change is published.</summary>
public sealed class Bucket
{
    private readonly SimulationWorld _world;
    private readonly Chance _chance;
    private readonly Dictionary<string, ObjectVersion> _live = [];
    private readonly Dictionary<string, long> _lastGenerations = [];
    private int _uploads;

    internal Bucket(SimulationWorld world)
    {
        _world = world;
        _chance = new Chance(world.Plan.Seed, "bucket");
    }

    public bool Has(string name) => _live.ContainsKey(name);

    /// <summary>Uploads a new object or a new generation of one; an old generation that it replaces is gone.</summary>
    public ObjectVersion Put(string name, ContentKind kind)
    {
        var content = new ObjectContent(kind, $"label{++_uploads}");
        var replaced = _live.TryGetValue(name, out var old);
        var metadata = _world.Objects.Put(
            SimulationWorld.BucketName, name, Encoding.UTF8.GetBytes(content.ToString()), "image/png", LowerGeneration(name, replaced));
        _live[name] = metadata.Version;
        _lastGenerations[name] = metadata.Version.Generation;
        _world.History.Add(new SimulationEntry.ObjectPut(_world.Loop.Now, metadata.Version, content.ToString()));
        if (replaced)
        {
            _world.Platform.Publish(deleted: true, old);
        }

        _world.Platform.Publish(deleted: false, metadata.Version);
        return metadata.Version;
    }

    /// <summary>Deletes an object; nothing happens where there is none.</summary>
    public void Delete(string name)
    {
        if (!_live.Remove(name, out var version))
        {
            return;
        }

        _world.Objects.Delete(SimulationWorld.BucketName, name);
        _world.History.Add(new SimulationEntry.ObjectGone(_world.Loop.Now, version));
        _world.Platform.Publish(deleted: true, version);
    }

    /// <summary>For a while every request for an object fails in a way that passes.</summary>
    public void MakeUnreadable(string name, TimeSpan time)
    {
        _world.Objects.Fail(SimulationWorld.BucketName, name, ObjectStoreError.Unavailable);
        _world.Loop.After(time, () => _world.Objects.Fail(SimulationWorld.BucketName, name, null));
    }

    /// <summary>Only an object that was deleted and comes back may get a lower number; null where the store is to number it.</summary>
    private long? LowerGeneration(string name, bool replaced) =>
        _world.Plan.GenerationsMayDecrease && !replaced && _lastGenerations.TryGetValue(name, out var last) && _chance.Happens(0.5)
            ? last - _chance.Between(1, 1_000)
            : null;
}
