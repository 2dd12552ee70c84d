using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>I3: attempts never exceed the maximum, crashes included: every claim counts when it is made, and nothing but a redrive or a give-back takes one off.</summary>
public sealed class AttemptsBounded : IInvariant
{
    public string Name => "I3";

    public IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules)
    {
        var claims = new Dictionary<string, long>();
        foreach (var change in HistoryReplay.ResultChanges(history))
        {
            var count = claims.GetValueOrDefault(change.After.Id);
            if (!change.IsOfSameGeneration || change.IsRedrive)
            {
                count = 0;
            }

            count += change.IsClaim ? 1 : change.IsGivenBack ? -1 : 0;
            claims[change.After.Id] = count;
            if (change.After.Status != "deleted" && change.After.Attempts != count)
            {
                yield return new Violation(
                    Name, change.After.Name, $"says {change.After.Attempts} attempts after {count} counted claims.", [change.Index]);
            }

            if (Math.Max(count, change.After.Attempts) > rules.MaxAttempts)
            {
                yield return new Violation(
                    Name, change.After.Name, $"was claimed {count} times; {rules.MaxAttempts} are allowed before it is parked.", [change.Index]);
            }
        }
    }
}
