using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// I4: nothing that is not done goes longer than lease, largest backoff and sweep period together without an attempt: it is due within lease and
/// largest backoff, and tried within a sweep period and a sweep's duration of that. Every sweep that a fault disturbed once the document was due
/// excuses one period more.
/// </summary>
public sealed class NoNeglect : IInvariant
{
    public string Name => "I4";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var waiting = new Dictionary<string, ResultChange>();
        var disturbed = DisturbedSweeps(history);
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            if (waiting.Remove(change.After.Id, out var last) && Judge(last, change.Entry.At, change.Index, disturbed, rules) is { } violation)
            {
                yield return violation;
            }

            if (!change.After.IsTerminal)
            {
                waiting[change.After.Id] = change;
                if (DueTime(change) is not { } due || due > change.Entry.CommitTime + rules.Lease + rules.LongestWait)
                {
                    yield return new Violation(
                        Name, change.After.Name, $"is {change.After.Status} and due at {DueTime(change)?.ToString("O") ?? "no time at all"}.", [change.Index]);
                }
            }
        }

        foreach (var last in waiting.Values)
        {
            if (Judge(last, history.Entries[^1].At, history.Entries.Count - 1, disturbed, rules) is { } violation)
            {
                yield return violation;
            }
        }
    }

    private static DateTimeOffset? DueTime(ResultChange change) =>
        change.After.Status == "processing" ? change.After.LeaseEnd : change.Letter?.DueAt;

    private Violation? Judge(ResultChange last, DateTimeOffset next, int index, List<DateTimeOffset> disturbed, SimulationRules rules)
    {
        var due = DueTime(last) ?? last.Entry.At;
        var excused = disturbed.Count(began => began >= due - rules.SweepPeriod && began <= next);
        var limit = due + rules.SweepPeriod + rules.SweepDuration + (excused * rules.SweepPeriod);
        return next <= limit
            ? null
            : new Violation(
                Name,
                last.After.Name,
                $"was {last.After.Status} from {last.Entry.At:HH:mm:ss} to {next:HH:mm:ss} without an attempt; it was due at {due:HH:mm:ss}, and {excused} sweeps were disturbed.",
                [last.Index, index]);
    }

    private static List<DateTimeOffset> DisturbedSweeps(SimulationHistory history)
    {
        var open = new Dictionary<string, DateTimeOffset>();
        foreach (var entry in history.Entries)
        {
            switch (entry)
            {
                case SimulationEntry.SweepBegan began:
                    open[began.Actor] = began.At;
                    break;
                case SimulationEntry.Swept { Undisturbed: true } swept:
                    open.Remove(swept.Actor);
                    break;
            }
        }

        return [.. open.Values];
    }
}
