using System.Buffers.Binary;
using Pipeline.Models.SavedModel.Graphs;
using Pipeline.Models.SavedModel.Messages;

namespace Pipeline.Models.SavedModel.Translation;

/// <summary>
/// Finds dropout that a TF1 training graph left in a serving graph and that drops nothing: the floor of a uniform random number plus a keep probability
/// of 1 is 1, whatever the number. Such a floor becomes a fill with ones; all other uses of random numbers stay as they are.
/// </summary>
internal static class DropoutFolding
{
    private const int LargestDepth = 16;

    /// <returns>The graph without the sources of random numbers of such floors; whoever else uses one still leads to it.</returns>
    public static FlatGraph Apply(FlatGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var unused = new HashSet<FlatNode>();
        foreach (var node in graph.Nodes)
        {
            if (node.Op == "Floor"
                && node.Inputs is [var input]
                && Describe(input, 0) is { Random: { } random, Low: >= 1, High: <= 2 }
                && random.Inputs is [var shape]
                && random.FindAttribute("dtype") is { Type: (int)TensorFlowType.Float } type)
            {
                var one = new TensorProto { Dtype = (int)TensorFlowType.Float };
                one.FloatVal.Add(1);
                var attributes = new Dictionary<string, AttrValue> { ["dtype"] = type, ["value"] = new AttrValue { Tensor = one } };
                var constant = new FlatNode($"{node.Name}/one", node.Scope, new GraphNode("one", "Const", [], [], attributes, null));
                node.Replace(new GraphNode(node.Source!.Name, "Fill", [], [], new Dictionary<string, AttrValue>(), null), shape, new FlatValue(constant, 0));
                unused.Add(random);
            }
        }

        return unused.Count == 0 ? graph : graph with { Nodes = [.. graph.Nodes.Where(node => !unused.Contains(node))] };
    }

    /// <summary>The interval [low, high) of a value made of scalars and at most one tensor of random numbers, or null where it is anything else.</summary>
    private static (double Low, double High, FlatNode? Random)? Describe(FlatValue value, int depth)
    {
        var node = value.Node;
        if (depth > LargestDepth)
        {
            return null;
        }

        return (node.Op, node.Inputs) switch
        {
            ("RandomUniform", _) => (0, 1, node),
            ("Const", _) when ScalarOf(node) is { } scalar => (scalar, scalar, null),
            ("Identity" or "PlaceholderWithDefault", [var only]) => Describe(only, depth + 1),
            ("Add" or "AddV2" or "Sub" or "Mul", [var left, var right]) => Combine(node.Op, Describe(left, depth + 1), Describe(right, depth + 1)),
            _ => null,
        };
    }

    private static (double Low, double High, FlatNode? Random)? Combine(
        string op, (double Low, double High, FlatNode? Random)? left, (double Low, double High, FlatNode? Random)? right)
    {
        if (left is not { } a || right is not { } b || (a.Random is not null && b.Random is not null))
        {
            return null;
        }

        var random = a.Random ?? b.Random;
        return op switch
        {
            "Add" or "AddV2" => (a.Low + b.Low, a.High + b.High, random),
            "Sub" when b.Random is null => (a.Low - b.High, a.High - b.Low, random),
            "Mul" when a.Low >= 0 && b.Low >= 0 => (a.Low * b.Low, a.High * b.High, random),
            _ => null,
        };
    }

    private static double? ScalarOf(FlatNode constant) =>
        constant.FindAttribute("value")?.Tensor is { Dtype: (int)TensorFlowType.Float, TensorShape: null or { UnknownRank: false, Dim.Count: 0 } } tensor
            ? tensor switch
            {
                { FloatVal: [var element] } => element,
                { TensorContent.Length: sizeof(float) } => BinaryPrimitives.ReadSingleLittleEndian(tensor.TensorContent.Span),
                _ => null,
            }
            : null;
}
