namespace Pipeline.Testing.Simulation.World;

/// <summary>What a worker answers to an event.</summary>
/// <param name="Acknowledged">The platform need not deliver it again.</param>
/// <param name="Outcome">In words.</param>
public readonly record struct WorkerAnswer(bool Acknowledged, string Outcome);
