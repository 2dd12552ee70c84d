namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>What outputs depend on, without calls: every function inlined, cut at the values that are fed.</summary>
/// <param name="Nodes">Every node reached through values or control dependencies, in no particular order.</param>
/// <param name="Outputs">In the order in which they were asked for.</param>
/// <param name="Feeds">Nodes that stand for the fed values, in their order.</param>
internal sealed record FlatGraph(IReadOnlyList<FlatNode> Nodes, IReadOnlyList<FlatValue> Outputs, IReadOnlyList<FlatNode> Feeds);
