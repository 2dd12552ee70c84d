using Pipeline.Inference.Graphs;
using Pipeline.Inference.Operators;
using Pipeline.Inference.Tensors;

namespace Pipeline.Models.SavedModel.Translation.Operators;

/// <summary>Batch normalisation, by stored statistics or by those of the batch (which is how Keras 2 writes layer normalisation).</summary>
internal static class NormalizationTranslators
{
    public static Dictionary<string, NodeTranslator> All { get; } = new(StringComparer.Ordinal)
    {
        ["FusedBatchNorm"] = BatchNormalization,
        ["FusedBatchNormV2"] = BatchNormalization,
        ["FusedBatchNormV3"] = BatchNormalization,
        ["BatchNormWithGlobalNormalization"] = GlobalNormalization,
    };

    private static IReadOnlyList<Value> BatchNormalization(NodeTranslation node)
    {
        node.ExpectInputs(5);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        node.Attributes.ExpectType("U", node.Input(1).DataType);
        var format = DataFormat.Read(node);
        var epsilon = node.Attributes.Float("epsilon", 1e-4f);
        var factor = node.Attributes.Float("exponential_avg_factor", 1);
        if (node.Attributes.Bool("is_training", true))
        {
            return factor == 1
                ? NormalizeByBatch(node, format, epsilon)
                : throw node.Unsupported("exponential_avg_factor", $"{factor}");
        }

        var result = node.Add(new BatchNormalization(epsilon), [format.ToEngine(node.Input(0)), .. node.Inputs.Skip(1)]);
        return [format.FromEngine(result), node.Input(3), node.Input(4)];
    }

    /// <summary>
    /// Effectively computes <c>(x − mean) · scale / sqrt(variance + ε) + offset</c> with the batch's own mean and variance. The variance that is returned
    /// is that of the population: n / (n − 1) times the batch's.
    /// </summary>
    private static IReadOnlyList<Value> NormalizeByBatch(NodeTranslation node, DataFormat format, float epsilon)
    {
        var type = node.Input(1).DataType;
        var picture = format.ToEngine(node.Input(0));
        var x = picture.DataType == type ? picture : node.Add(new Cast(type), picture);
        var axes = node.Vector<int>(0, 1, 2);
        var mean = node.Add(new Reduce(ReduceFunction.Mean, false), x, axes);
        var deviations = node.Add(new Binary(BinaryFunction.SquaredDifference), x, mean);
        var variance = node.Add(new Reduce(ReduceFunction.Mean, false), deviations, axes);
        var result = node.Add(new BatchNormalization(epsilon), x, node.Input(1), node.Input(2), mean, variance);
        var y = picture.DataType == type ? result : node.Add(new Cast(picture.DataType), result);

        var one = node.Add(new FillLike(1), mean);
        var channels = node.Add(new Cast(type), node.Add(new SizeOf(DataType.Int64), mean));
        var count = node.Add(new Binary(BinaryFunction.Divide), node.Add(new Cast(type), node.Add(new SizeOf(DataType.Int64), x)), channels);
        var others = node.Add(new Binary(BinaryFunction.Maximum), node.Add(new Binary(BinaryFunction.Subtract), count, one), one);
        var correction = node.Add(new Binary(BinaryFunction.Divide), count, others);
        return [format.FromEngine(y), mean, node.Add(new Binary(BinaryFunction.Multiply), variance, correction)];
    }

    /// <summary>The operator of 2015: its inputs are the picture, mean, variance, offset and scale, and the scale may be without effect.</summary>
    private static IReadOnlyList<Value> GlobalNormalization(NodeTranslation node)
    {
        node.ExpectInputs(5);
        node.Attributes.ExpectType("T", node.Input(0).DataType);
        var scale = node.Attributes.Bool("scale_after_normalization")
            ? node.Input(4)
            : node.Add(new FillLike(1), node.Input(4));
        var normalization = new BatchNormalization(node.Attributes.Float("variance_epsilon"));
        return [node.Add(normalization, node.Input(0), scale, node.Input(3), node.Input(1), node.Input(2))];
    }
}
