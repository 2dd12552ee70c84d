using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>
/// Rows multiplied with weights, plus bias, clamped. Inputs: rows […, K…], weights [K…, N…], optional bias of as many elements as N… together. The result is […, N…].
/// </summary>
/// <param name="TransposeWeights">The weights are [N, K].</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record Dense(bool TransposeWeights, ValueRange Activation) : SingleOutputOperator
{
    private readonly MatMul _product = new(TransposeA: false, TransposeWeights);

    /// <summary>How many dimensions K… are, at least 1; 1 where weights are transposed.</summary>
    public int SummedDimensions { get; init; } = 1;

    public override InputRange InputRange => new(2, 3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireNumbers(0);
        inputs.RequireSameType(1);
        inputs.RequireMinimumRank(0, SummedDimensions);
        inputs.RequireMinimumRank(1, SummedDimensions + 1);
        if (TransposeWeights)
        {
            inputs.RequireRank(1, 2);
        }

        var (rows, weights) = (inputs[0].Shape, inputs[1].Shape);
        if (!rows.HasRank || !weights.HasRank)
        {
            return inputs[0] with { Shape = PartialShape.Unknown };
        }

        var (summed, columns) = Split(weights);
        for (var dimension = 0; dimension < summed.Length; dimension++)
        {
            inputs.Unify(rows[^(summed.Length - dimension)], summed[dimension], "the common dimension of rows and weights");
        }

        CheckBias(inputs, columns);
        return inputs[0] with { Shape = PartialShape.Of([.. rows.Dimensions[..^summed.Length], .. columns]) };
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var (rows, weights) = (inputs.Tensor(0), inputs.Tensor(1));
        var (summed, columns) = Split(weights.Shape);
        var count = rows.Shape.CountOf(0, rows.Shape.Rank - summed.Length);
        var (depth, width) = (Shape.Of(summed).ElementCount, Shape.Of(columns).ElementCount);
        var matrix = TransposeWeights ? weights : weights.Reshape(Shape.Of(depth, width));
        var result = (Tensor)_product.Evaluate(inputs.With([rows.Reshape(Shape.Of(count, depth)), matrix]), context)[0];
        if (inputs.Count > 2)
        {
            result = (Tensor)new BiasAdd().Evaluate(inputs.With([result, inputs.Value(2)]), context)[0];
        }

        return (Activation == ValueRange.Unbounded ? result : (Tensor)new Clamp(Activation).Evaluate(inputs.With([result]), context)[0]).Reshape(shape);
    }

    /// <summary>The dimensions K… and N… of weights.</summary>
    internal (int[] Summed, int[] Columns) Split(PartialShape weights) => TransposeWeights
        ? ([weights[1]], [weights[0]])
        : (weights.Dimensions[..SummedDimensions].ToArray(), weights.Dimensions[SummedDimensions..].ToArray());

    private static void CheckBias(OperatorInputs inputs, int[] columns)
    {
        var count = columns.Aggregate(1L, (product, size) => product < 0 || size < 0 ? PartialShape.UnknownDimension : checked(product * size));
        ConvolutionRules.CheckBias(inputs, count is >= 0 and <= int.MaxValue ? (int)count : PartialShape.UnknownDimension);
    }
}
