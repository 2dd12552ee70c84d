namespace Pipeline.Inference.Graphs;

/// <summary>A node whose attributes or inputs contradict its operator, found while the graph is built or, where only the values tell, during a run.</summary>
public sealed class InvalidNodeException : Exception
{
    public InvalidNodeException(string node, string operatorName, string problem)
        : base($"Node '{node}' ({operatorName}): {problem}")
    {
        Node = node;
        OperatorName = operatorName;
    }

    public string Node { get; }

    public string OperatorName { get; }
}
