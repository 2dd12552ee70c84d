using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Models.Package;

/// <summary>Whether an output of a graph is the result of a softmax or sigmoid already.</summary>
internal static class OutputActivation
{
    public static bool IsActivated(Graph graph, string output) => Of(graph, output) is not null;

    /// <summary>The softmax or sigmoid that an output comes out of, or null.</summary>
    public static Activation? Of(Graph graph, string output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var producers = graph.Nodes.SelectMany(node => node.Outputs.Select(made => KeyValuePair.Create(made, node))).ToDictionary();
        var value = graph.Outputs.FirstOrDefault(candidate => candidate.Name == output)?.Value;
        while (value is not null && producers.TryGetValue(value, out var node))
        {
            switch (node.Operator)
            {
                case Softmax:
                    return Activation.Softmax;
                case Unary { Function: UnaryFunction.Sigmoid }:
                    return Activation.Sigmoid;
                case Identity or Reshape or Squeeze or Cast:
                    value = node.Inputs[0];
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
