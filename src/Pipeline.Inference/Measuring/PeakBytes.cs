using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Measuring;

/// <summary>Estimates what the values of one run take at most at a time: each lives from the node that makes it to the last that uses it.</summary>
internal static class PeakBytes
{
    /// <returns>Null where a shape is not known.</returns>
    public static long? Of(Graph graph)
    {
        var owners = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        Value OwnerOf(Value value) => owners.GetValueOrDefault(value, value);
        foreach (var node in graph.Nodes.Where(SharesItsInput))
        {
            owners[node.Outputs[0]] = OwnerOf(node.Inputs[0]);
        }

        var lastUses = new Dictionary<Value, int>(ReferenceEqualityComparer.Instance);
        for (var place = 0; place < graph.Nodes.Count; place++)
        {
            foreach (var value in graph.Nodes[place].Inputs.Concat(graph.Nodes[place].Outputs))
            {
                lastUses[OwnerOf(value)] = place;
            }
        }

        foreach (var output in graph.Outputs)
        {
            lastUses[OwnerOf(output.Value)] = graph.Nodes.Count;
        }

        var dying = lastUses.ToLookup(use => use.Value, use => use.Key);
        var live = graph.Inputs.Sum(Bytes);
        var peak = live;
        for (var place = 0; place < graph.Nodes.Count; place++)
        {
            live += graph.Nodes[place].Outputs.Where(output => OwnerOf(output) == output).Sum(Bytes);
            peak = live > peak ? live : peak;
            live -= dying[place].Where(value => value.Constant is null).Sum(Bytes);
        }

        return graph.Inputs.Concat(graph.Nodes.SelectMany(node => node.Outputs)).Any(value => Bytes(value) is null) ? null : peak;
    }

    private static bool SharesItsInput(Node node) => node.Operator is Identity or Reshape or Squeeze or ExpandDims;

    /// <summary>0 for what has no elements in memory of its own.</summary>
    private static long? Bytes(Value value) =>
        value.DataType is DataType.Resource or DataType.Variant ? 0
        : !value.Shape.TryGetShape(out var shape) || !value.DataType.IsNumeric() ? null
        : value.DataType.ByteLength(shape.ElementCount);
}
