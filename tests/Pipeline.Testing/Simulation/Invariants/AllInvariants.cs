using System.Collections.Immutable;
using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>Every invariant, in the order in which violations are reported.</summary>
public static class AllInvariants
{
    public static ImmutableArray<IInvariant> List { get; } =
    [
        new SingleCompletion(),
        new NeverBackwards(),
        new AttemptsBounded(),
        new NoNeglect(),
        new EverythingEnds(),
        new FencedHolders(),
        new NoResurrection(),
        new LettersAgree(),
        new LeasesHold(),
        new NothingAcknowledgedIsLost(),
    ];

    public static ImmutableArray<Violation> Check(SimulationHistory history, SimulationRules rules) =>
        [.. List.SelectMany(invariant => invariant.Check(history, rules))];
}
