namespace Pipeline.Inference.Graphs;

/// <summary>A value that a run returns, under the name that the caller knows. One value may be returned under several names.</summary>
public sealed record GraphOutput(string Name, Value Value);
