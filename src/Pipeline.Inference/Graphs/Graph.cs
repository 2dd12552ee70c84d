namespace Pipeline.Inference.Graphs;

/// <summary>
/// Nodes in the order they run, each using only values made before it. The order is binding for nodes with side effects. Immutable;
/// made by <see cref="GraphBuilder"/>.
/// </summary>
public sealed class Graph
{
    internal Graph(
        string name,
        IReadOnlyList<Value> inputs,
        IReadOnlyList<Node> nodes,
        IReadOnlyList<GraphOutput> outputs,
        IReadOnlyList<GraphVariable> variables)
    {
        Name = name;
        Inputs = inputs;
        Nodes = nodes;
        Outputs = outputs;
        Variables = variables;
    }

    public string Name { get; }

    /// <summary>Values that the caller gives; names are unique.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Values that a run returns; names are unique.</summary>
    public IReadOnlyList<GraphOutput> Outputs { get; }

    public IReadOnlyList<GraphVariable> Variables { get; }
}
