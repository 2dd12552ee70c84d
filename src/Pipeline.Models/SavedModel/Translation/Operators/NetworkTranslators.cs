using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Products, activations over channels and resampling.</summary>
internal static class NetworkTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["MatMul"] = MatMul,
        ["BatchMatMul"] = BatchMatMul,
        ["BatchMatMulV2"] = BatchMatMul,
        ["BatchMatMulV3"] = BatchMatMul,
        ["Einsum"] = Einsum,
        ["BiasAdd"] = BiasAdd,
        ["BiasAddV1"] = BiasAdd,
        ["LRN"] = LocalResponseNormalization,
        ["Softmax"] = Softmax,
        ["LogSoftmax"] = LogSoftmax,
        ["ResizeBilinear"] = ResizeBilinear,
        ["ResizeNearestNeighbor"] = ResizeNearest,
    };

    private static IReadOnlyList<Value> MatMul(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.Ignore("grad_a", "grad_b");
        foreach (var input in node.Inputs)
        {
            if (input.Shape is { HasRank: true, Rank: not 2 })
            {
                throw node.Invalid("inputs", "two matrices", $"{input.Shape}");
            }
        }

        var transposeA = node.Attributes.Bool("transpose_a", false);
        return [node.Add(new MatMul(transposeA, node.Attributes.Bool("transpose_b", false)), node.Inputs)];
    }

    private static IReadOnlyList<Value> BatchMatMul(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("Ta", node.Input(0).DataType);
        node.Attributes.ExpectType("Tb", node.Input(1).DataType);
        node.Attributes.Ignore("grad_x", "grad_y");
        var result = node.Attributes.Type("Tout", node.Input(0).DataType);
        var factors = node.Inputs.Select(input => input.DataType == result ? input : node.Add(new Cast(result), input)).ToList();
        var transposeA = node.Attributes.Bool("adj_x", false);
        return [node.Add(new MatMul(transposeA, node.Attributes.Bool("adj_y", false)), factors)];
    }

    private static IReadOnlyList<Value> Einsum(NodeTranslation node)
    {
        node.ExpectInputs(Math.Max(1, node.Attributes.Int32("N", node.InputCount)));
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Einsum(node.Attributes.Text("equation")), node.Inputs)];
    }

    /// <summary>Channels are the last dimension, or the second of any number of dimensions in NCHW.</summary>
    private static IReadOnlyList<Value> BiasAdd(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        if (node.Attributes.Text("data_format", "NHWC") != "NCHW")
        {
            DataFormat.Read(node);
            return [node.Add(new BiasAdd(), node.Inputs)];
        }

        if (!node.Input(0).Shape.HasRank)
        {
            throw node.Unsupported("data_format", "'NCHW' on a value of unknown rank");
        }

        var rank = node.Input(0).Shape.Rank;
        if (rank == 4)
        {
            var format = DataFormat.Read(node);
            return [format.FromEngine(node.Add(new BiasAdd(), format.ToEngine(node.Input(0)), node.Input(1)))];
        }

        var dimensions = new int[Math.Max(1, rank - 1)];
        Array.Fill(dimensions, 1);
        dimensions[0] = PartialShape.UnknownDimension;
        var bias = node.Add(new Reshape(), node.Input(1), node.Vector<int>(dimensions));
        return [node.Add(new Binary(BinaryFunction.Add), node.Input(0), bias)];
    }

    private static IReadOnlyList<Value> LocalResponseNormalization(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var radius = node.Attributes.Int32("depth_radius", 5);
        var bias = node.Attributes.Float("bias", 1);
        var alpha = node.Attributes.Float("alpha", 1);
        return [node.Add(new LocalResponseNormalization(radius, bias, alpha, node.Attributes.Float("beta", 0.5f)), node.Input(0))];
    }

    private static IReadOnlyList<Value> Softmax(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new Softmax(), node.Input(0))];
    }

    private static IReadOnlyList<Value> LogSoftmax(NodeTranslation node)
    {
        node.ExpectInputs(1);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new LogSoftmax(), node.Input(0))];
    }

    private static IReadOnlyList<Value> ResizeBilinear(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new ResizeBilinear(ReadGrid(node)), node.Inputs)];
    }

    private static IReadOnlyList<Value> ResizeNearest(NodeTranslation node)
    {
        node.ExpectInputs(2);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        return [node.Add(new ResizeNearest(ReadGrid(node)), node.Inputs)];
    }

    private static SamplingGrid ReadGrid(NodeTranslation node) =>
        (node.Attributes.Bool("align_corners", false), node.Attributes.Bool("half_pixel_centers", false)) switch
        {
            (false, false) => SamplingGrid.Legacy,
            (true, false) => SamplingGrid.AlignCorners,
            (false, true) => SamplingGrid.HalfPixelCenters,
            _ => throw node.Invalid("attributes", "align_corners or half_pixel_centers", "both"),
        };
}
