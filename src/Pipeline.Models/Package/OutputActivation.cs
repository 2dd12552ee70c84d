using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;

namespace Pipeline.Models.Package;

/// <summary>Whether an output of a graph is the result of a softmax or sigmoid already.</summary>
internal static class OutputActivation
{
    public static bool IsActivated(Graph graph, string output)
    {
        var producers = graph.Nodes.SelectMany(node => node.Outputs.Select(made => KeyValuePair.Create(made, node))).ToDictionary();
        var value = graph.Outputs.FirstOrDefault(candidate => candidate.Name == output)?.Value;
        while (value is not null && producers.TryGetValue(value, out var node))
        {
            switch (node.Operator)
            {
                case Softmax or Unary { Function: UnaryFunction.Sigmoid }:
                    return true;
                case Identity or Reshape or Squeeze or Cast:
                    value = node.Inputs[0];
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
