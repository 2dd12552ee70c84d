namespace Pipeline.Inference.Graphs;

/// <summary>A node that is legal, and that this engine cannot run: a data type or a combination of attributes that is not implemented.</summary>
public sealed class UnsupportedNodeException : Exception
{
    public UnsupportedNodeException(string node, string operatorName, string problem)
        : base($"Node '{node}' ({operatorName}) is not supported: {problem}")
    {
        Node = node;
        OperatorName = operatorName;
        Problem = problem;
    }

    public string Node { get; }

    public string OperatorName { get; }

    /// <summary>What exactly is not supported, for a list of all such nodes.</summary>
    public string Problem { get; }
}
