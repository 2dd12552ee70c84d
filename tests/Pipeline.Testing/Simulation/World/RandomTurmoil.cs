using System.Collections.Immutable;
using Pipeline.Testing.Simulation.History;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.World;

/// <summary>What users, operators and strangers do during the turmoil, at times that the seed chooses.</summary>
internal sealed class RandomTurmoil
{
    private readonly SimulationWorld _world;
    private readonly Chance _chance;
    private readonly string[] _names;

    public RandomTurmoil(SimulationWorld world)
    {
        _world = world;
        _chance = new Chance(world.Plan.Seed, "turmoil");
        _names = [.. Enumerable.Range(1, world.Plan.Objects).Select(number => $"users/u{number}/photos/photo {number}é.png")];
    }

    public void Arrange()
    {
        var plan = _world.Plan;
        foreach (var name in _names)
        {
            _world.Loop.After(_chance.Between(TimeSpan.Zero, plan.Turmoil / 4), () => _world.Bucket.Put(name, Kind()));
        }

        Schedule(plan.UserActions, () => Use(_chance.Pick(_names)));
        Schedule(plan.Redrives, () => _world.Operator.Redrive(_chance.Pick(_names)));
        Schedule(plan.StrangerWrites, Touch);
        Schedule(plan.Shutdowns, () => _world.Workers.Pick()?.Stop(TimeSpan.FromSeconds(8)));
        if (plan.LargestSkew > TimeSpan.Zero)
        {
            Schedule(plan.Workers, JumpBack);
        }
    }

    private void Schedule(int count, Action action)
    {
        for (var number = 0; number < count; number++)
        {
            _world.Loop.After(_chance.Between(TimeSpan.FromSeconds(1), _world.Plan.Turmoil), action);
        }
    }

    private void Use(string name)
    {
        if (_world.Bucket.Has(name) && _chance.Happens(0.4))
        {
            _world.Bucket.Delete(name);
        }
        else
        {
            _world.Bucket.Put(name, Kind());
        }
    }

    private ContentKind Kind() => ContentKinds.ByLetter(_world.Plan.ContentMix[_chance.Between(0, _world.Plan.ContentMix.Length - 1)]);

    /// <summary>Somebody adds a field to a result.</summary>
    private void Touch()
    {
        var results = _world.Store.Peek(_world.History.Layout.Results);
        if (results.Length == 0)
        {
            return;
        }

        var note = ImmutableSortedDictionary<string, DocumentValue>.Empty.Add("note", _chance.Between(1, int.MaxValue - 1));
        var write = new DocumentWrite.Set(_chance.Pick(results).Path, DocumentPrecondition.MustExist, note, ["note"], []);
        _world.Network.Do(() => _ = WriteAsync(write));
    }

    private async Task WriteAsync(DocumentWrite write)
    {
        Actor.Become(Actor.Stranger);
        await _world.Recorded.CommitAsync([write], CancellationToken.None);
    }

    private void JumpBack()
    {
        if (_world.Workers.Pick() is { } worker)
        {
            worker.Process.Clock.Skew = _chance.Between(-_world.Plan.LargestSkew, worker.Process.Clock.Skew);
        }
    }
}
