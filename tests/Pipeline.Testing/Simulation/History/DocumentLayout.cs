namespace Pipeline.Testing.Simulation.History;

/// <summary>The collections of one bucket.</summary>
public sealed record DocumentLayout(string Results, string DeadLetters);
