namespace Pipeline.Inference.Execution.Plans.Steps;

/// <summary>Pixels side by side that lie side by side in the source too.</summary>
/// <param name="Source">The first in the source, or -1: they are outside of it.</param>
internal readonly record struct PixelRun(int Source, int Count);
