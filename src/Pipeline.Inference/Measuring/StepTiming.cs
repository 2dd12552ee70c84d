namespace Pipeline.Inference.Measuring;

/// <summary>How long one step of a run took: a kernel of a plan, or a node that was interpreted.</summary>
/// <param name="Name">The node it comes from, and what it does beside that.</param>
/// <param name="Kind">The kernel, or the operator.</param>
/// <param name="IsInterpreted">Whether it was the operator's plain evaluation.</param>
/// <param name="MultiplyAdds">Products that were added up; null where nobody counted them, which is so of what was interpreted.</param>
public readonly record struct StepTiming(string Name, string Kind, bool IsInterpreted, TimeSpan Elapsed, long? MultiplyAdds);
