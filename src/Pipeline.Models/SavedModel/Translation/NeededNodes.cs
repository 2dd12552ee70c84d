using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Restoring;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>
/// Finds what a run must compute: the outputs and what they are made of, and everything reached that has effects, or may have because nobody knows the
/// operator. Nodes that only had to come first, for no effect, are left out.
/// </summary>
internal static class NeededNodes
{
    public static IReadOnlySet<FlatNode> Of(FlatGraph graph)
    {
        var roots = graph.Outputs.Select(output => output.Node)
            .Concat(graph.Nodes.Where(node => AssignedVariables.IsAssigning(node.Op) || !TranslatorRegistry.IsKnown(node.Op)));
        var needed = new HashSet<FlatNode>();
        var pending = new Stack<FlatNode>(roots);
        while (pending.TryPop(out var node))
        {
            if (needed.Add(node))
            {
                foreach (var input in node.Inputs)
                {
                    pending.Push(input.Node);
                }
            }
        }

        return needed;
    }
}
