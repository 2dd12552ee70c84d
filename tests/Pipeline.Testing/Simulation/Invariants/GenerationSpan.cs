namespace Pipeline.Testing.Simulation.Invariants;

/// <summary>The life of one generation, in entries of the history.</summary>
/// <param name="To">The entry that ended it; <see cref="int.MaxValue"/> while it is live.</param>
internal sealed record GenerationSpan(long Generation, string Content, int From, int To);
