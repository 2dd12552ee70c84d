using System.Collections.Immutable;
using Pipeline.Inference.Measuring;

namespace Pipeline.Cli.Benching;

/// <summary>What one step of a run takes, over several runs.</summary>
/// <param name="Milliseconds">The median.</param>
/// <param name="MultiplyAdds">Null where they are not known.</param>
internal sealed record StepTime(string Name, string Kind, bool IsInterpreted, double Milliseconds, long? MultiplyAdds)
{
    private const double OperationsPerMultiplyAdd = 2;
    private const double MillisecondsToGiga = 1e6;

    /// <summary>10^9 operations a second; null where there are none to count.</summary>
    public double? Gigaflops => MultiplyAdds > 0 && Milliseconds > 0 ? MultiplyAdds * OperationsPerMultiplyAdd / MillisecondsToGiga / Milliseconds : null;

    /// <summary>Puts the steps of several runs of one model together.</summary>
    /// <param name="profiles">At least one. Runs that took another way than the first are left out.</param>
    /// <param name="costs">Tells the work of nodes that are interpreted.</param>
    public static ImmutableArray<StepTime> Of(IReadOnlyList<RunProfile> profiles, GraphCosts costs)
    {
        var counted = costs.Nodes.GroupBy(node => node.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().MultiplyAdds, StringComparer.Ordinal);
        var first = profiles[0].Steps;
        RunProfile[] alike = [.. profiles.Where(profile => profile.Steps.Select(step => step.Name).SequenceEqual(first.Select(step => step.Name), StringComparer.Ordinal))];
        return
        [
            .. first.Select((step, index) => new StepTime(
                step.Name,
                step.Kind,
                step.IsInterpreted,
                new RunTimes(alike.Select(profile => profile.Steps[index].Elapsed.TotalMilliseconds)).Median,
                step.IsInterpreted ? counted.GetValueOrDefault(step.Name) : step.MultiplyAdds)),
        ];
    }
}
