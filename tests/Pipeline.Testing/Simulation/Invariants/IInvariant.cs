using Pipeline.Testing.Simulation.History;

namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>Something that must hold of every history.</summary>
public interface IInvariant
{
    /// <summary>Its name in violations, for example <c>I3</c>.</summary>
    string Name { get; }

    /// <summary>Every place where it does not hold; empty where it does.</summary>
    IEnumerable<Violation> Check(SimulationHistory history, SimulationRules rules);
}
