using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>I6: a write by a holder who lost the claim is refused: whoever keeps a claim id wrote it, and no claim id comes back.</summary>
public sealed class FencedHolders : IInvariant
{
    public string Name => "I6";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var holders = new Dictionary<(string Id, string ClaimId), (string Actor, int Index)>();
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            var key = (change.After.Id, change.After.ClaimId);
            var known = holders.TryGetValue(key, out var holder);
            if (change.Before?.ClaimId != change.After.ClaimId)
            {
                if ((known && !IsNewDecision(change, holder.Actor)) || change.After.ClaimId.Length == 0)
                {
                    yield return new Violation(
                        Name, change.After.Name, $"{change.Entry.Actor} wrote with claim '{change.After.ClaimId}', which was lost before.", [holder.Index, change.Index]);
                }

                holders[key] = (change.Entry.Actor, change.Index);
            }
            else if (known && holder.Actor != change.Entry.Actor)
            {
                yield return new Violation(
                    Name, change.After.Name, $"{change.Entry.Actor} wrote into the claim of {holder.Actor}.", [holder.Index, change.Index]);
            }
        }
    }

    /// <summary>
    /// The commit that first brought the id had landed without its sender knowing, was lost again, and the same piece of work decides anew: nobody
    /// holds a claim by that id.
    /// </summary>
    private static bool IsNewDecision(ResultChange change, string firstActor) =>
        change.Entry.Actor == firstActor && (change.IsClaim || change.IsRedrive || change.After.Status is "failed" or "deleted");
}
