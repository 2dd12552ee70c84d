using Pipeline.Testing.Documents;
using Pipeline.Testing.Faults;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Scheduling;
using Pipeline.Testing.Uploads;

namespace Pipeline.Testing.Simulation.World;

/// <summary>Everything around the workers: time, the network, both stores, the bucket's users, the platform that delivers, and bad luck.</summary>
public sealed class SimulationWorld
{
    public const string BucketName = "photos";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Func<AwaitPoint, Interruption> _interrupt;
    private readonly Chance _luck;
    private readonly Chance _latency;
    private int _badLuck;

    internal SimulationWorld(SimulationPlan plan, Func<WorkerEnvironment, IWorkerCode> code, Func<AwaitPoint, Interruption>? interrupt)
    {
        Plan = plan;
        _luck = new Chance(plan.Seed, "luck");
        _latency = new Chance(plan.Seed, "latency");
        _interrupt = interrupt ?? InterruptByChance;
        Loop = new EventLoop(new Chance(plan.Seed, "order").Seed(), Start);
        Network = new VirtualProcess(Loop, "network", TimeSpan.Zero);
        History = new SimulationHistory(new DocumentLayout("classifications", "deadLetters"), () => BadLuck);
        Store = new InMemoryDocumentStore(Network.Clock);
        Recorded = new RecordingDocumentStore(Store, History, Loop);
        Objects = new InMemoryObjectStore(Network.Clock);
        Documents = new FaultyDocumentStore(Recorded, plan.Faults, new Chance(plan.Seed, "document faults").Seed(), Network.Clock);
        FaultyObjects = new FaultyObjectStore(Objects, plan.Faults, new Chance(plan.Seed, "object faults").Seed(), Network.Clock);
        Workers = new WorkerPool(this, code);
        Platform = new Platform(this);
        Bucket = new Bucket(this);
        Operator = new Operator(this);
        Maintenance = new Maintenance(this);
    }

    public SimulationPlan Plan { get; }

    public EventLoop Loop { get; }

    public SimulationHistory History { get; }

    public WorkerPool Workers { get; }

    public Platform Platform { get; }

    public Bucket Bucket { get; }

    public Operator Operator { get; }

    /// <summary>The documents as they really are.</summary>
    public InMemoryDocumentStore Store { get; }

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>Faults, kills, pauses and refusals to work, so far.</summary>
    public int BadLuck => _badLuck + Documents.Injected.Total + FaultyObjects.Injected.Total;

    internal RecordingDocumentStore Recorded { get; }

    internal FaultyDocumentStore Documents { get; }

    internal InMemoryObjectStore Objects { get; }

    internal FaultyObjectStore FaultyObjects { get; }

    internal VirtualProcess Network { get; }

    internal Maintenance Maintenance { get; }

    /// <summary>From here on nothing goes wrong any more.</summary>
    public void CalmDown()
    {
        IsCalm = true;
        Documents.Plan = FaultPlan.None;
        FaultyObjects.Plan = FaultPlan.None;
        History.Add(new SimulationEntry.Calmed(Loop.Now));
    }

    internal void CountBadLuck() => _badLuck++;

    internal Interruption InterruptAt(AwaitPoint point) => IsCalm ? Interruption.None : _interrupt(point);

    /// <summary>Mostly a few milliseconds; now and then seconds.</summary>
    internal TimeSpan Latency() => _latency.Between(0, 99) switch
    {
        < 90 => _latency.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(15)),
        < 99 => _latency.Between(TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(300)),
        _ => _latency.Between(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(3)),
    };

    private Interruption InterruptByChance(AwaitPoint point)
    {
        if (_luck.Happens(Plan.KillRate))
        {
            return new Interruption(_luck.Happens(0.5) ? InterruptionKind.KillBefore : InterruptionKind.KillAfter);
        }

        return _luck.Happens(Plan.PauseRate)
            ? new Interruption(
                _luck.Happens(0.5) ? InterruptionKind.PauseBefore : InterruptionKind.PauseAfter,
                _luck.Between(TimeSpan.FromSeconds(1), Plan.LongestPause),
                _luck.Happens(0.3))
            : Interruption.None;
    }
}
