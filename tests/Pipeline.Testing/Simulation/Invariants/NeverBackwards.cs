using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// I2: a document never goes back to a generation that is no longer live. A generation with a higher number that came earlier (numbers are not
/// promised to increase) may be claimed by mistake, as only its download can tell; it may not be completed.
/// </summary>
public sealed class NeverBackwards : IInvariant
{
    public string Name => "I2";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var timeline = new ObjectTimeline(history);
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            var place = timeline.PlaceOf(change.After.Name, change.After.Generation);
            if (place < 0)
            {
                yield return new Violation(
                    Name, change.After.Name, $"speaks of generation {change.After.Generation}, which never was.", [change.Index]);
            }
            else if (change.Before is { } before
                && place < timeline.PlaceOf(before.Name, before.Generation)
                && (change.After.Generation < before.Generation || change.After.Status == "classified"))
            {
                yield return new Violation(
                    Name,
                    change.After.Name,
                    $"{change.Entry.Actor} took the document back from generation {before.Generation} to {change.After.Generation}, which it had replaced.",
                    [change.Index]);
            }
        }
    }
}
