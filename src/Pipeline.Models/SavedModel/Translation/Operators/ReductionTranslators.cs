using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Operators that combine the elements along dimensions.</summary>
internal static class ReductionTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["Sum"] = Reduce(ReduceFunction.Sum),
        ["Mean"] = Reduce(ReduceFunction.Mean),
        ["Max"] = Reduce(ReduceFunction.Maximum),
        ["Min"] = Reduce(ReduceFunction.Minimum),
        ["Prod"] = Reduce(ReduceFunction.Product),
        ["All"] = Reduce(ReduceFunction.All),
        ["Any"] = Reduce(ReduceFunction.Any),
        ["EuclideanNorm"] = EuclideanNorm,
        ["ArgMax"] = ArgReduce(ArgFunction.Maximum),
        ["ArgMin"] = ArgReduce(ArgFunction.Minimum),
        ["Cumsum"] = Cumulate(CumulativeFunction.Sum),
        ["Cumprod"] = Cumulate(CumulativeFunction.Product),
        ["TopK"] = TopK,
        ["TopKV2"] = TopKOfInput,
    };

    private static NodeTranslator Reduce(ReduceFunction function) => node =>
    {
        ReadTypes(node);
        return [node.Add(new Reduce(function, node.Attributes.Bool("keep_dims", false)), node.Input(0), node.Input(1))];
    };

    private static IReadOnlyList<Value> EuclideanNorm(NodeTranslation node)
    {
        ReadTypes(node);
        var squares = node.Add(new Unary(UnaryFunction.Square), node.Input(0));
        var sum = node.Add(new Reduce(ReduceFunction.Sum, node.Attributes.Bool("keep_dims", false)), squares, node.Input(1));
        return [node.Add(new Unary(UnaryFunction.Sqrt), sum)];
    }

    private static NodeTranslator ArgReduce(ArgFunction function) => node =>
    {
        ReadTypes(node);
        return [node.Add(new ArgReduce(function, node.Attributes.Type("output_type", DataType.Int64)), node.Input(0), node.Input(1))];
    };

    private static NodeTranslator Cumulate(CumulativeFunction function) => node =>
    {
        ReadTypes(node);
        var exclusive = node.Attributes.Bool("exclusive", false);
        return [node.Add(new Cumulate(function, exclusive, node.Attributes.Bool("reverse", false)), node.Input(0), node.Input(1))];
    };

    private static IReadOnlyList<Value> TopK(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return node.AddNode(new TopK(node.Attributes.Bool("sorted", true), DataType.Int32), node.Input(0), node.Scalar(node.Attributes.Int32("k")));
    }

    private static IReadOnlyList<Value> TopKOfInput(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tk", node.Input(1).DataType);
        var sorted = node.Attributes.Bool("sorted", true);
        return node.AddNode(new TopK(sorted, node.Attributes.Type("index_type", DataType.Int32)), node.Input(0), node.Input(1));
    }

    private static void ReadTypes(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Tidx", node.Input(1).DataType);
    }
}
