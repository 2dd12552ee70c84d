using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>
/// A claim is taken over only when its lease is over by the store's time, and never from a holder whom nothing has gone wrong for: he renews it.
/// </summary>
public sealed class LeasesHold : IInvariant
{
    public string Name => "Leases";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var holders = new Dictionary<string, (string Actor, int Index)>();
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            var isTakeOver = change.IsOfSameGeneration
                && change.Before is { Status: "processing" } lost
                && lost.ClaimId != change.After.ClaimId
                && change.After.Status != "deleted";
            if (isTakeOver && holders.TryGetValue(change.After.Id, out var holder))
            {
                if (change.Entry.CommitTime < change.Before!.LeaseEnd)
                {
                    yield return new Violation(
                        Name,
                        change.After.Name,
                        $"{change.Entry.Actor} took the claim of {holder.Actor} before its lease was over, at {change.Before.LeaseEnd:HH:mm:ss.ffffff}.",
                        [holder.Index, change.Index]);
                }
                else if (NothingWentWrong(history, holder.Actor, change.Index))
                {
                    yield return new Violation(
                        Name, change.After.Name, $"{holder.Actor} let its lease run out while it was at work.", [holder.Index, change.Index]);
                }
            }

            if (change.IsClaim)
            {
                holders[change.After.Id] = (change.Entry.Actor, change.Index);
            }
        }
    }

    /// <summary>From the begin of the holder's work until now.</summary>
    private static bool NothingWentWrong(SimulationHistory history, string actor, int until)
    {
        for (var index = 0; index < until; index++)
        {
            if (history.Entries[index] is SimulationEntry.Delivered delivered && delivered.Actor == actor
                || history.Entries[index] is SimulationEntry.SweepBegan began && began.Actor == actor)
            {
                return history.BadLuckAt(index) == history.BadLuckAt(until);
            }
        }

        return false;
    }
}
