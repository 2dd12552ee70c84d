using Pipeline.Testing.Simulation.History;
using Pipeline.Worker.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>
/// Delivers events at least once and in no order: duplicates, late ones, again after every answer that is no acknowledgement or does not come in
/// time; what it gives up on goes to the dead-letter topic, which is delivered in the same way.
/// </summary>
public sealed class Platform
{
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LargestBackoff = TimeSpan.FromMinutes(2);

    private readonly SimulationWorld _world;
    private readonly Chance _chance;
    private int _events;
    private int _deliveries;

    internal Platform(SimulationWorld world)
    {
        _world = world;
        _chance = new Chance(world.Plan.Seed, "platform");
    }

    /// <summary>Messages that nobody has acknowledged yet.</summary>
    public int Outstanding { get; private set; }

    /// <summary>Tells the workers of a change in the bucket.</summary>
    internal void Publish(bool deleted, ObjectVersion version)
    {
        var objectEvent = new ObjectEvent($"e{++_events}", deleted, version);
        var copies = _chance.Happens(_world.Plan.DuplicateRate) ? _chance.Between(2, 4) : 1;
        for (var copy = 0; copy < copies; copy++)
        {
            Outstanding++;
            var delay = _chance.Happens(_world.Plan.LateRate)
                ? _chance.Between(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(12))
                : _chance.Between(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2));
            var message = new Message(objectEvent, _world.Loop.Now, Tries: 0);
            _world.Loop.After(delay, () => Deliver(message));
        }
    }

    private void Deliver(Message message)
    {
        var worker = _world.Workers.Pick();
        if (worker is null)
        {
            _world.Loop.After(TimeSpan.FromSeconds(5), () => Deliver(message));
            return;
        }

        var givenUp = _world.Loop.Now - message.Published > _world.Plan.Retention;
        var actor = $"{worker.Process.Name}/{(givenUp ? "capture" : message.Event.Deleted ? "removal" : "upload")}{++_deliveries}";
        var waiting = true;
        _world.History.Add(new SimulationEntry.Delivered(_world.Loop.Now, actor, message.Event));
        var disconnects = _chance.Happens(0.5);
        worker.Run(actor, async code =>
        {
            using var disconnected = new CancellationTokenSource(
                disconnects ? _world.Plan.AcknowledgeWithin : Timeout.InfiniteTimeSpan, worker.Process.Clock);

            var answer = givenUp
                ? await code.CaptureAsync(message.Event, disconnected.Token)
                : await code.HandleAsync(message.Event, disconnected.Token);
            _world.Loop.After(_world.Latency(), () => Take(answer));
        });
        _world.Loop.After(_world.Plan.AcknowledgeWithin, () =>
        {
            if (waiting)
            {
                waiting = false;
                DeliverAgain(message);
            }
        });

        void Take(WorkerAnswer answer)
        {
            var outcome = waiting ? answer.Outcome : $"too late: {answer.Outcome}";
            _world.History.Add(new SimulationEntry.Answered(_world.Loop.Now, actor, message.Event, answer.Acknowledged && waiting, outcome));
            if (!waiting)
            {
                return;
            }

            waiting = false;
            if (answer.Acknowledged)
            {
                Outstanding--;
            }
            else
            {
                DeliverAgain(message);
            }
        }
    }

    private void DeliverAgain(Message message)
    {
        var backoff = Math.Min(FirstBackoff.TotalSeconds * Math.Pow(2, message.Tries), LargestBackoff.TotalSeconds);
        _world.Loop.After(
            _chance.Between(TimeSpan.FromSeconds(backoff), TimeSpan.FromSeconds(backoff * 1.5)), () => Deliver(message with { Tries = message.Tries + 1 }));
    }

    private sealed record Message(ObjectEvent Event, DateTimeOffset Published, int Tries);
}
