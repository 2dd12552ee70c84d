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
        var producers = new Dictionary<Value, Node>();
        foreach (var node in graph.Nodes)
        {
            foreach (var made in node.Outputs)
            {
                producers.Add(made, node);
            }
        }

        var value = graph.Outputs.FirstOrDefault(candidate => candidate.Name == output)?.Value;
        while (value is not null && producers.TryGetValue(value, out var producer))
        {
            switch (producer.Operator)
            {
                case Softmax:
                    return Activation.Softmax;
                case Unary { Function: UnaryFunction.Sigmoid }:
                    return Activation.Sigmoid;
                case Identity or Reshape or Squeeze or Cast:
                    value = producer.Inputs[0];
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
