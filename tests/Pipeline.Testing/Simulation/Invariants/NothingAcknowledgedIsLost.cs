using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// No acknowledged event is lost: at that moment a document speaks of its generation or of a later one, or a letter stands for it; where the
/// generation is gone already, or the document's has a higher number, any document will do, as what comes next brings it up to date. An event that is not acknowledged although nothing
/// goes wrong any more counts as lost, too.
/// </summary>
public sealed class NothingAcknowledgedIsLost : IInvariant
{
    public string Name => "Acknowledged";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var timeline = new ObjectTimeline(history);
        var results = new Dictionary<string, ResultView>();
        var letters = new HashSet<string>();
        var open = new Dictionary<string, (ObjectEvent Event, int Index)>();
        for (var index = 0; index < history.Entries.Count; index++)
        {
            switch (history.Entries[index])
            {
                case SimulationEntry.Committed committed:
                    Apply(committed, history.Layout, results, letters);
                    break;
                case SimulationEntry.Delivered delivered:
                    open.TryAdd(delivered.Event.Id, (delivered.Event, index));
                    break;
                case SimulationEntry.Answered { Acknowledged: true } answered:
                    open.Remove(answered.Event.Id);
                    var version = answered.Event.Version;
                    var place = results.TryGetValue(version.Name, out var result) ? timeline.PlaceOf(version.Name, result.Generation) : -1;
                    var isLost = result is null
                        || (result.Generation < version.Generation && timeline.LiveAt(version.Name, index)?.Generation == version.Generation);
                    if (!answered.Event.Deleted && isLost && place < timeline.PlaceOf(version.Name, version.Generation) && !letters.Contains(version.Name))
                    {
                        yield return new Violation(
                            Name,
                            version.Name,
                            $"{answered.Event} is acknowledged ({answered.Outcome}), the document speaks of {result?.Generation.ToString() ?? "nothing"}.",
                            [index]);
                    }

                    break;
            }
        }

        if (HistoryReplay.SettledAt(history) >= 0)
        {
            foreach (var (unanswered, index) in open.Values)
            {
                yield return new Violation(Name, unanswered.Version.Name, $"{unanswered} was never acknowledged.", [index]);
            }
        }
    }

    private static void Apply(
        SimulationEntry.Committed committed, DocumentLayout layout, Dictionary<string, ResultView> results, HashSet<string> letters)
    {
        foreach (var change in committed.Changes)
        {
            if (change.After.Path.Collection == layout.Results && ResultView.Of(change.After) is { } result)
            {
                results[result.Name] = result;
            }
            else if (change.After.Path.Collection == layout.DeadLetters && LetterView.Of(change.After) is { } letter)
            {
                letters.Add(letter.Name);
            }
            else if (change.After.Path.Collection == layout.DeadLetters && LetterView.Of(change.Before) is { } gone)
            {
                letters.Remove(gone.Name);
            }
        }
    }
}
