using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>I1: at most one accepted completion for each object, generation, model and redrive.</summary>
public sealed class SingleCompletion : IInvariant
{
    public string Name => "I1";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var completed = new Dictionary<string, (string? Model, int Index)>();
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            if (change.IsRedrive || !change.IsOfSameGeneration)
            {
                completed.Remove(change.After.Id);
            }

            if (change.After.Status != "classified")
            {
                continue;
            }

            if (completed.TryGetValue(change.After.Id, out var first) && first.Model == change.After.Model)
            {
                yield return new Violation(
                    Name,
                    change.After.Name,
                    $"generation {change.After.Generation} was completed a second time, by {change.Entry.Actor}, with no redrive between.",
                    [first.Index, change.Index]);
            }

            completed[change.After.Id] = (change.After.Model, change.Index);
        }
    }
}
