using Pipeline.Inference.Operators;

namespace Pipeline.Inference.Graphs;

/// <summary>One application of an operator. Made by <see cref="GraphBuilder"/>.</summary>
public sealed class Node
{
    internal Node(string name, Operator @operator, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, IReadOnlyList<Graph> subGraphs)
    {
        Name = name;
        Operator = @operator;
        Inputs = inputs;
        Outputs = outputs;
        SubGraphs = subGraphs;
    }

    /// <summary>The name in the file the graph came from, for messages.</summary>
    public string Name { get; }

    public Operator Operator { get; }

    public IReadOnlyList<Value> Inputs { get; }

    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>Bodies of a structured control-flow operator, in its order; empty for all others.</summary>
    public IReadOnlyList<Graph> SubGraphs { get; }

    public override string ToString() => $"{Name} ({Operator.Name})";
}
