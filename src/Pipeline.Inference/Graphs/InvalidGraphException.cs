namespace Pipeline.Inference.Graphs;

/// <summary>A graph whose parts do not fit together.</summary>
public sealed class InvalidGraphException : Exception
{
    /// <param name="stage">Who made the graph: the builder, or a pass.</param>
    public InvalidGraphException(string graph, string stage, string problem)
        : base($"Graph '{graph}' is invalid after {stage}: {problem}")
    {
        Graph = graph;
        Stage = stage;
    }

    public string Graph { get; }

    public string Stage { get; }
}
