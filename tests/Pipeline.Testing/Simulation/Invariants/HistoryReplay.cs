using Pipeline.Testing.Simulation.History;
using Pipeline.Worker.Documents;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>Walks through a history.</summary>
internal static class HistoryReplay
{
    /// <summary>Every accepted change of a result by a worker, in order, with its letter at that time.</summary>
    public static IEnumerable<ResultChange> ResultChanges(SimulationHistory history)
    {
        var letters = new Dictionary<string, LetterView?>();
        for (var index = 0; index < history.Entries.Count; index++)
        {
            if (history.Entries[index] is not SimulationEntry.Committed committed || committed.Actor == Actor.Stranger)
            {
                continue;
            }

            foreach (var change in committed.Changes.Where(change => change.After.Path.Collection == history.Layout.DeadLetters))
            {
                letters[change.After.Path.Id] = LetterView.Of(change.After);
            }

            foreach (var change in committed.Changes.Where(change => change.After.Path.Collection == history.Layout.Results))
            {
                if (change.Before.UpdateTime != change.After.UpdateTime && ResultView.Of(change.After) is { } after)
                {
                    yield return new ResultChange(
                        index, committed, ResultView.Of(change.Before), after, letters.GetValueOrDefault(change.After.Path.Id));
                }
            }
        }
    }

    /// <summary>The last state of every document of a collection, by id; those that are gone are left out.</summary>
    public static Dictionary<string, DocumentSnapshot> FinalDocuments(SimulationHistory history, string collection)
    {
        var documents = new Dictionary<string, DocumentSnapshot>();
        foreach (var change in history.Entries.OfType<SimulationEntry.Committed>().SelectMany(committed => committed.Changes))
        {
            if (change.After.Path.Collection == collection)
            {
                documents[change.After.Path.Id] = change.After;
            }
        }

        return documents.Where(document => document.Value.Exists).ToDictionary();
    }

    /// <summary>The place of the entry that says that all is settled, or -1.</summary>
    public static int SettledAt(SimulationHistory history) => history.Entries.Count - 1 is var last && last >= 0 && history.Entries[last] is SimulationEntry.Settled
        ? last
        : -1;
}
