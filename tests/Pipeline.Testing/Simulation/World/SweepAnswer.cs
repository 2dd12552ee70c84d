namespace Pipeline.Testing.Simulation.World;

/// <summary>What a sweep says of itself.</summary>
/// <param name="Complete">It came to everything that was due.</param>
/// <param name="Report">In words.</param>
public readonly record struct SweepAnswer(bool Complete, string Report);
