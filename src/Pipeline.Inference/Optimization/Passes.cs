using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Optimization;

/// <summary>All passes over a graph, in their order. The graph is checked after each.</summary>
internal static class Passes
{
    /// <param name="maxConstantBytes">The most that constants may take.</param>
    public static Graph Apply(Graph graph, long maxConstantBytes)
    {
        graph = ConstantFolding.Apply(graph, maxConstantBytes);
        GraphChecker.Check(graph, nameof(ConstantFolding));
        return graph;
    }
}
