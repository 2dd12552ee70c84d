namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>Bounds on what inlining may make of a small file.</summary>
internal readonly record struct FlatteningLimits(int LargestNodeCount, int LargestCallCount, int LargestDepth);
