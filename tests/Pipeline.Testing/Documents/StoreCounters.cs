namespace Pipeline.Testing.Documents;

/// <summary>What a store was asked for, counted as Firestore bills it.</summary>
/// <param name="Reads">Documents read, missing ones included; a query that finds nothing counts as one.</param>
/// <param name="Writes">Writes of accepted commits, deletes included.</param>
/// <param name="Commits">Accepted commits.</param>
/// <param name="Refusals">Refused commits.</param>
public readonly record struct StoreCounters(int Reads, int Writes, int Gets, int Queries, int Commits, int Refusals)
{
    public static StoreCounters operator -(StoreCounters left, StoreCounters right) => new(
        left.Reads - right.Reads,
        left.Writes - right.Writes,
        left.Gets - right.Gets,
        left.Queries - right.Queries,
        left.Commits - right.Commits,
        left.Refusals - right.Refusals);
}
