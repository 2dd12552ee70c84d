using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Optimization;

/// <summary>A graph for inputs of whose shapes more is known, or all.</summary>
internal static class Specialization
{
    /// <param name="shapes">One for each input, in order; each fits the input.</param>
    /// <exception cref="InvalidNodeException">The shapes contradict an operator.</exception>
    public static Graph Apply(Graph graph, IReadOnlyList<PartialShape> shapes)
    {
        var current = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        for (var index = 0; index < graph.Inputs.Count; index++)
        {
            var input = graph.Inputs[index];
            current[input] = new Value(input.Name, new TensorType(input.DataType, shapes[index]), null, input.Quantization);
        }

        var nodes = new List<Node>();
        foreach (var node in graph.Nodes)
        {
            Value[] inputs = [.. node.Inputs.Select(input => current.GetValueOrDefault(input, input))];
            var types = node.Operator.Infer(OperatorInputs.OfValues(node.Name, node.Operator, inputs));
            Value[] outputs = [.. node.Outputs.Select((output, index) => new Value(output.Name, types[index], null, output.Quantization))];
            nodes.Add(new Node(node.Name, node.Operator, inputs, outputs, node.SubGraphs));
            for (var index = 0; index < outputs.Length; index++)
            {
                current[node.Outputs[index]] = outputs[index];
            }
        }

        GraphOutput[] results = [.. graph.Outputs.Select(output => output with { Value = current.GetValueOrDefault(output.Value, output.Value) })];
        return new Graph(graph.Name, [.. graph.Inputs.Select(input => current[input])], nodes, results, graph.Variables);
    }
}
