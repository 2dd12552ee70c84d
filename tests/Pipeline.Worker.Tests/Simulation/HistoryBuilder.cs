using System.Collections.Immutable;
using Pipeline.Testing.Documents;
using Pipeline.Testing.Simulation.History;
using Pipeline.Testing.Simulation.Invariants;
using Pipeline.Testing.Simulation.World;
using Pipeline.Worker.Documents;
using Pipeline.Worker.Uploads;

namespace Pipeline.Worker.Tests.Simulation;

/// <summary>Writes a history of one object by hand, a second between any two entries.</summary>
internal sealed class HistoryBuilder
{
    public const string Name = "photo";

    public static readonly SimulationRules Rules = new(
        MaxAttempts: 3, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    private static readonly DocumentPath Result = new("results", Name);
    private static readonly DocumentPath Letter = new("letters", Name);

    private readonly SimulationHistory _history;
    private readonly Dictionary<DocumentPath, DocumentSnapshot> _documents = [];
    private int _badLuck;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public HistoryBuilder()
    {
        _history = new SimulationHistory(new DocumentLayout("results", "letters"), () => _badLuck);
    }

    public HistoryBuilder SomethingGoesWrong()
    {
        _badLuck++;
        return this;
    }

    public HistoryBuilder After(TimeSpan time)
    {
        _now += time;
        return this;
    }

    public HistoryBuilder LeaseOver() => After(TimeSpan.FromSeconds(61));

    public HistoryBuilder Put(long generation, ContentKind kind = ContentKind.Good, string label = "cat") =>
        Add(new SimulationEntry.ObjectPut(Tick(), Version(generation), new ObjectContent(kind, label).ToString()));

    public HistoryBuilder Gone(long generation) => Add(new SimulationEntry.ObjectGone(Tick(), Version(generation)));

    public HistoryBuilder Delivered(string id, long generation, bool deleted = false, string actor = "w0") =>
        Add(new SimulationEntry.Delivered(Tick(), actor, new ObjectEvent(id, deleted, Version(generation))));

    public HistoryBuilder Acknowledged(string id, long generation, bool deleted = false) =>
        Add(new SimulationEntry.Answered(Tick(), "w1/e", new ObjectEvent(id, deleted, Version(generation)), true, "done"));

    public HistoryBuilder SweepBegan(string actor) => Add(new SimulationEntry.SweepBegan(Tick(), actor));

    public HistoryBuilder Swept(string actor) => Add(new SimulationEntry.Swept(Tick(), actor, true, "done"));

    public HistoryBuilder Settled() => Add(new SimulationEntry.Settled(Tick()));

    public HistoryBuilder Claimed(string actor, string claim, long generation, int attempts) =>
        Commit(actor, (Result, Fields(generation, "processing", claim, attempts).Add(
            "lease", new DocumentValue.MapValue(ImmutableSortedDictionary<string, DocumentValue>.Empty.Add("at", _now).Add("seconds", 60)))));

    public HistoryBuilder Classified(string actor, string claim, long generation, int attempts, string label = "cat", bool dropLetter = false) => Commit(
        actor,
        dropLetter
            ? [(Result, Fields(generation, "classified", claim, attempts).Add("label", label)), (Letter, null)]
            : [(Result, Fields(generation, "classified", claim, attempts).Add("label", label))]);

    public HistoryBuilder Retrying(string actor, string claim, long generation, int attempts, TimeSpan? dueIn = null) => Commit(
        actor,
        (Result, Fields(generation, "retrying", claim, attempts)),
        (Letter, LetterFields(generation, "due", attempts).Add("dueAt", _now + (dueIn ?? TimeSpan.FromSeconds(10)))));

    public HistoryBuilder Failed(string actor, string claim, long generation, int attempts, bool parked) => Commit(
        actor,
        parked
            ? [(Result, Error(generation, claim, attempts, "TIMED_OUT")), (Letter, LetterFields(generation, "parked", attempts))]
            : [(Result, Error(generation, claim, attempts, "NOT_AN_IMAGE"))]);

    public HistoryBuilder FailedWithoutLetter(string actor, string claim, long generation, int attempts) =>
        Commit(actor, (Result, Error(generation, claim, attempts, "TIMED_OUT")));

    public HistoryBuilder Deleted(string actor, string claim, long generation) =>
        Commit(actor, (Result, Fields(generation, "deleted", claim, 0)), (Letter, null));

    public HistoryBuilder Bare(string actor, string status, string claim, long generation, int attempts) =>
        Commit(actor, (Result, Fields(generation, status, claim, attempts)));

    /// <summary>The names of the invariants that do not hold, each once.</summary>
    public string[] Broken() => [.. AllInvariants.Check(_history, Rules).Select(violation => violation.Invariant).Distinct()];

    private static ObjectVersion Version(long generation) => new("bucket", Name, generation);

    private static ImmutableSortedDictionary<string, DocumentValue> Fields(long generation, string status, string claim, int attempts) =>
        ImmutableSortedDictionary<string, DocumentValue>.Empty
            .Add("name", Name)
            .Add("generation", generation)
            .Add("status", status)
            .Add("claimId", claim)
            .Add("attempts", attempts);

    private static ImmutableSortedDictionary<string, DocumentValue> Error(long generation, string claim, int attempts, string code) =>
        Fields(generation, "failed", claim, attempts).Add(
            "error",
            new DocumentValue.MapValue(ImmutableSortedDictionary<string, DocumentValue>.Empty.Add("code", code)));

    private static ImmutableSortedDictionary<string, DocumentValue> LetterFields(long generation, string state, int attempts) =>
        ImmutableSortedDictionary<string, DocumentValue>.Empty
            .Add("name", Name)
            .Add("generation", generation)
            .Add("state", state)
            .Add("attempts", attempts);

    private HistoryBuilder Commit(string actor, params (DocumentPath Path, ImmutableSortedDictionary<string, DocumentValue>? Fields)[] writes)
    {
        var time = Tick();
        var changes = writes.Select(write =>
        {
            var before = _documents.GetValueOrDefault(write.Path) ?? new DocumentSnapshot(write.Path, null, default, default);
            var after = new DocumentSnapshot(write.Path, write.Fields, time, write.Fields is null ? default : time);
            _documents[write.Path] = after;
            return new DocumentChange(before, after);
        });
        return Add(new SimulationEntry.Committed(time, actor, time, [.. changes]));
    }

    private DateTimeOffset Tick() => _now += TimeSpan.FromSeconds(1);

    private HistoryBuilder Add(SimulationEntry entry)
    {
        _history.Add(entry);
        return this;
    }
}
