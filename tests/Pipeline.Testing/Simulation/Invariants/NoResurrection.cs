using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// I7: after an object is gone, no result of that generation appears. Judged from the tombstone on, and from the acknowledgement of the delete
/// event where nothing had replaced the object.
/// </summary>
public sealed class NoResurrection : IInvariant
{
    public string Name => "I7";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var timeline = new ObjectTimeline(history);
        var acknowledged = AcknowledgedDeletes(history, timeline);
        var tombstones = new Dictionary<string, (int Place, int Index)>();
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            var name = change.After.Name;
            var place = timeline.PlaceOf(name, change.After.Generation);
            if (change.After.Status == "deleted")
            {
                tombstones[name] = (place, change.Index);
            }
            else if (tombstones.TryGetValue(name, out var tombstone) && place <= tombstone.Place && !IsClaimedByMistake(change))
            {
                yield return new Violation(
                    Name, name, $"generation {change.After.Generation} is {change.After.Status} again after its tombstone.", [tombstone.Index, change.Index]);
            }

            if (change.After.Status == "classified"
                && acknowledged.TryGetValue((name, change.After.Generation), out var gone)
                && gone < change.Index)
            {
                yield return new Violation(
                    Name, name, $"a result of generation {change.After.Generation} appears after its deletion was acknowledged.", [gone, change.Index]);
            }
        }

        foreach (var violation in HiddenDeletes(history, timeline))
        {
            yield return violation;
        }
    }

    /// <summary>A higher number than the document's, which only a download can tell from a newer generation: see <see cref="NeverBackwards"/>.</summary>
    private static bool IsClaimedByMistake(ResultChange change) =>
        change.After.Status != "classified" && (!change.IsOfSameGeneration || change.Before!.Status != "deleted") && change.After.Generation >= change.Before?.Generation;

    private static Dictionary<(string Name, long Generation), int> AcknowledgedDeletes(SimulationHistory history, ObjectTimeline timeline)
    {
        var deletes = new Dictionary<(string, long), int>();
        for (var index = 0; index < history.Entries.Count; index++)
        {
            if (history.Entries[index] is SimulationEntry.Answered { Acknowledged: true, Event: { Deleted: true, Version: var version } }
                && timeline.PlaceOf(version.Name, version.Generation) == LastPlaceAt(timeline, version.Name, index))
            {
                deletes.TryAdd((version.Name, version.Generation), index);
            }
        }

        return deletes;
    }

    private static int LastPlaceAt(ObjectTimeline timeline, string name, int entry) => timeline.CountAt(name, entry) - 1;

    /// <summary>A delete event that nothing had overtaken is acknowledged only once the document says so, or speaks of a higher number by mistake.</summary>
    private IEnumerable<Violation> HiddenDeletes(SimulationHistory history, ObjectTimeline timeline)
    {
        var results = new Dictionary<string, ResultView>();
        var changes = HistoryReplay.ResultChanges(history).ToLookup(change => change.Index);
        for (var index = 0; index < history.Entries.Count; index++)
        {
            foreach (var change in changes[index])
            {
                results[change.After.Name] = change.After;
            }

            if (history.Entries[index] is not SimulationEntry.Answered { Acknowledged: true, Event: { Deleted: true, Version: var version } }
                || timeline.PlaceOf(version.Name, version.Generation) != LastPlaceAt(timeline, version.Name, index))
            {
                continue;
            }

            var result = results.GetValueOrDefault(version.Name);
            if (result?.Status != "deleted" && !(result?.Generation > version.Generation))
            {
                yield return new Violation(
                    Name,
                    version.Name,
                    $"the deletion of generation {version.Generation} is acknowledged, the document is {result?.Status ?? "not there"}.",
                    [index]);
            }
        }
    }
}
