using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Measuring;

/// <summary>A graph for inputs of which more is known, with the arithmetic on known shapes done.</summary>
internal static class NarrowedGraph
{
    /// <param name="shapes">One for each input, in order; each fits the input.</param>
    /// <param name="maxConstantBytes">The most that constants may take.</param>
    /// <exception cref="InvalidNodeException">The shapes contradict an operator.</exception>
    /// <exception cref="UnsupportedNodeException">The shapes are legal, but not implemented.</exception>
    public static Graph Of(Graph graph, IReadOnlyList<PartialShape> shapes, long maxConstantBytes)
    {
        int before;
        do
        {
            before = graph.Nodes.Count;
            graph = Passes.Fold(Infer(graph, shapes), maxConstantBytes);
        }
        while (graph.Nodes.Count < before);

        return graph;
    }

    private static Graph Infer(Graph graph, IReadOnlyList<PartialShape> shapes)
    {
        var current = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        Value[] graphInputs = [.. graph.Inputs.Select((input, i) => new Value(input.Name, new TensorType(input.DataType, shapes[i]), null, input.Quantization))];
        for (var i = 0; i < graphInputs.Length; i++)
        {
            current[graph.Inputs[i]] = graphInputs[i];
        }

        var nodes = new List<Node>();
        foreach (var node in graph.Nodes)
        {
            Value[] inputs = [.. node.Inputs.Select(input => current.GetValueOrDefault(input, input))];
            if (KnownShape(node, inputs) is { } constant)
            {
                current[node.Outputs[0]] = constant;
                continue;
            }

            var types = node.Operator.Infer(OperatorInputs.OfValues(node.Name, node.Operator, inputs));
            Value[] outputs = [.. node.Outputs.Select((output, i) => new Value(output.Name, types[i], null, output.Quantization))];
            nodes.Add(new Node(node.Name, node.Operator, inputs, outputs, node.SubGraphs));
            for (var i = 0; i < outputs.Length; i++)
            {
                current[node.Outputs[i]] = outputs[i];
            }
        }

        GraphOutput[] results = [.. graph.Outputs.Select(output => output with { Value = current.GetValueOrDefault(output.Value, output.Value) })];
        return new Graph(graph.Name, graphInputs, nodes, results, graph.Variables);
    }

    private static Value? KnownShape(Node node, Value[] inputs) =>
        node.Operator is ShapeOf && inputs[0].Shape.TryGetShape(out var shape)
            ? GraphBuilder.Constant(node.Outputs[0].Name, Vector(node.Outputs[0].DataType, shape))
            : null;

    private static Tensor Vector(DataType type, Shape shape) => type == DataType.Int64
        ? Tensor.Vector<long>([.. shape.Dimensions.ToArray().Select(dimension => (long)dimension)])
        : Tensor.Vector(shape.Dimensions);
}
