using System.Collections.Immutable;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>Where an invariant does not hold.</summary>
/// <param name="Invariant">Its name.</param>
/// <param name="Subject">The object or document.</param>
/// <param name="Entries">The offending entries of the history, by their place in it.</param>
public sealed record Violation(string Invariant, string Subject, string Message, ImmutableArray<int> Entries)
{
    public override string ToString() => $"{Invariant} broken for '{Subject}': {Message} (entries {string.Join(", ", Entries)})";
}
