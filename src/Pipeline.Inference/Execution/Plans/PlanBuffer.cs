namespace Pipeline.Inference.Execution.Plans;

/// <summary>Where a value of a plan lies in a run.</summary>
/// <param name="Input">The number of the caller's input that it is, or -1: it lies in the arena.</param>
/// <param name="Offset">Floats from the start of the arena or input.</param>
internal readonly record struct PlanBuffer(int Input, long Offset);
