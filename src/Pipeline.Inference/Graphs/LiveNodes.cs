namespace Pipeline.Inference.Graphs;

/// <summary>Finds the nodes that a graph needs.</summary>
internal static class LiveNodes
{
    /// <summary>The nodes, in their order, on which an output or a node with side effects depends.</summary>
    public static IReadOnlyList<Node> Of(IReadOnlyList<Node> nodes, IReadOnlyList<GraphOutput> outputs)
    {
        var needed = outputs.Select(o => o.Value).ToHashSet();
        var live = new List<Node>();
        foreach (var node in nodes.Reverse())
        {
            if (node.Operator.HasSideEffects || node.Outputs.Any(needed.Contains))
            {
                live.Add(node);
                needed.UnionWith(node.Inputs);
            }
        }

        live.Reverse();
        return live;
    }
}
