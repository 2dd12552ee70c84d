using Pipeline.Inference.Graphs;

namespace Pipeline.Inference.Optimization;

/// <summary>A pass that looks at one node after the other. What it makes computes the same, but for the rounding of float sums.</summary>
internal abstract class RewritePass
{
    /// <summary>For messages.</summary>
    public string Name => GetType().Name;

    public Graph Apply(Graph graph)
    {
        var rewriter = new GraphRewriter(graph);
        foreach (var node in graph.Nodes)
        {
            if (!TryRewrite(rewriter, node))
            {
                rewriter.Keep(node);
            }
        }

        return rewriter.Finish();
    }

    /// <summary>Replaces the results of a node, or leaves it.</summary>
    /// <returns>False where the node is to be kept.</returns>
    protected abstract bool TryRewrite(GraphRewriter rewriter, Node node);
}
