namespace Pipeline.Models.SavedModel.Graphs;

/// <summary>Puts the nodes of a flat graph into an order in which each comes after all that it depends on.</summary>
internal static class FlatOrder
{
    /// <exception cref="InvalidModelException">Nodes depend on each other in a cycle.</exception>
    public static IReadOnlyList<FlatNode> Sort(FlatGraph graph, string path)
    {
        var order = new List<FlatNode>(graph.Nodes.Count);
        var states = new Dictionary<FlatNode, bool>(graph.Nodes.Count);
        var stack = new Stack<(FlatNode Node, IEnumerator<FlatNode> Dependencies)>();
        foreach (var root in graph.Nodes)
        {
            Enter(root);
            while (stack.TryPeek(out var top))
            {
                if (top.Dependencies.MoveNext())
                {
                    Enter(top.Dependencies.Current);
                    continue;
                }

                top.Dependencies.Dispose();
                stack.Pop();
                states[top.Node] = true;
                order.Add(top.Node);
            }
        }

        return order;

        void Enter(FlatNode node)
        {
            if (node.Source is null)
            {
                return;
            }

            if (states.TryAdd(node, false))
            {
                stack.Push((node, Dependencies(node).GetEnumerator()));
            }
            else if (!states[node])
            {
                throw new InvalidModelException(path, $"node '{node.Name}'", "a graph without cycles", "a node that depends on itself");
            }
        }
    }

    private static IEnumerable<FlatNode> Dependencies(FlatNode node) =>
        node.Inputs.Select(input => input.Node).Concat(node.Controls);
}
