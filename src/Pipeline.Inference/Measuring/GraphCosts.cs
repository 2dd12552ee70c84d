using System.Collections.Immutable;
using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Optimization;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Measuring;

/// <summary>What one run of a graph costs on inputs of given shapes, by arithmetic on shapes: no input is needed.</summary>
/// <param name="Nodes">In the order they run, without those that depend on constants or shapes only.</param>
/// <param name="PlannedNodes">
/// The nodes that a plan is made of: what the passes make of <paramref name="Nodes"/>. Null where a shape is not known, so that there is no plan.
/// </param>
/// <param name="Parameters">Elements of the weights: floating-point or quantised constants of rank 1 or more, each once, and variables.</param>
/// <param name="ConstantBytes">What constants take once they are loaded, strings not counted.</param>
/// <param name="PeakValueBytes">
/// An estimate of the most that all other values take at a time, each from the node that makes it to the last that uses it; null where a
/// shape is not known.
/// </param>
public sealed record GraphCosts(
    ImmutableArray<NodeCost> Nodes, ImmutableArray<NodeCost>? PlannedNodes, long Parameters, long ConstantBytes, long? PeakValueBytes)
{
    private const long MaxConstantBytes = 2L << 30;

    /// <summary>Products that are added up in a run; null where that is not known of a node.</summary>
    public long? MultiplyAdds => SumOfMultiplyAdds(Nodes);

    /// <summary>Products that some nodes add up; null where that is not known of one, or the sum does not fit into 64 bits.</summary>
    public static long? SumOfMultiplyAdds(IEnumerable<NodeCost> nodes) => Measuring.MultiplyAdds.Sum(nodes);

    /// <param name="shapes">One for each input of the graph, in order. What they leave open stays unknown in the result.</param>
    /// <exception cref="ArgumentException">There are more or fewer shapes than inputs, or a shape does not fit its input.</exception>
    /// <exception cref="InvalidNodeException">The shapes contradict an operator, or a constant does.</exception>
    /// <exception cref="UnsupportedNodeException">The shapes are legal, but not implemented.</exception>
    /// <exception cref="Execution.MemoryLimitExceededException">The constants take more memory than a session allows by default.</exception>
    public static GraphCosts Of(Graph graph, IReadOnlyList<PartialShape> shapes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count != graph.Inputs.Count)
        {
            throw new ArgumentException($"{shapes.Count} shapes were given for {graph.Inputs.Count} inputs.", nameof(shapes));
        }

        for (var i = 0; i < shapes.Count; i++)
        {
            if (!Fits(graph.Inputs[i].Shape, shapes[i]))
            {
                throw new ArgumentException($"Input '{graph.Inputs[i].Name}' is {graph.Inputs[i].Type}, {shapes[i]} does not fit.", nameof(shapes));
            }
        }

        var narrowed = Passes.Specialize(graph, shapes, MaxConstantBytes, []);
        var constants = narrowed.Nodes.SelectMany(node => node.Inputs)
            .Concat(narrowed.Outputs.Select(output => output.Value))
            .Where(value => value.Constant is NumericConstantSource)
            .DistinctBy(value => value.Constant)
            .ToList();
        var parameters = constants.Where(IsWeight).Sum(value => (long)value.Constant!.Shape.ElementCount)
            + graph.Variables.Sum(variable => (long)variable.InitialValue.Shape.ElementCount);
        return new GraphCosts(
            [.. narrowed.Nodes.Select(Cost)],
            Plan(graph, shapes)?.Nodes.Select(Cost).ToImmutableArray(),
            parameters,
            constants.Sum(value => ((NumericConstantSource)value.Constant!).ByteLength),
            PeakBytes.Of(narrowed));
    }

    private static Graph? Plan(Graph graph, IReadOnlyList<PartialShape> shapes)
    {
        var folded = Passes.Apply(Passes.Fold(graph, MaxConstantBytes), Passes.OfAnyShape);
        var specialized = Passes.Specialize(folded, shapes, MaxConstantBytes, []);
        return graph.Variables.Count == 0 && specialized.Nodes.All(node => node.Outputs.All(output => output.Shape.IsConcrete))
            ? Passes.Apply(specialized, Passes.OfConcreteShapes)
            : null;
    }

    private static bool Fits(PartialShape input, PartialShape shape)
    {
        if (!input.HasRank)
        {
            return true;
        }

        var fits = shape.HasRank && shape.Rank == input.Rank;
        for (var axis = 0; fits && axis < input.Rank; axis++)
        {
            fits = input[axis] == PartialShape.UnknownDimension || input[axis] == shape[axis];
        }

        return fits;
    }

    private static bool IsWeight(Value value) =>
        value.Constant!.Shape.Rank > 0 && (value.DataType.IsFloatingPoint() || value.Quantization is not null);

    private static NodeCost Cost(Node node) => new(
        node.Name,
        node.Operator.Name,
        Attributes(node.Operator),
        [.. node.Inputs.Select(input => input.Type)],
        [.. node.Outputs.Select(output => output.Type)],
        Measuring.MultiplyAdds.Of(node));

    /// <summary>What stands between the braces of a record's text.</summary>
    private static string Attributes(Operator @operator)
    {
        var text = @operator.ToString();
        var (open, close) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        return open < 0 || close < open ? string.Empty
            : string.Join(", ", text[(open + 1)..close].Split(", ").Select(part => part.Trim()).Where(part => !part.EndsWith('=')));
    }
}
