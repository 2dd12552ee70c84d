using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A product of a matrix with weights, plus bias, clamped. Inputs: rows [M, K], weights [K, N], optional bias of N elements.</summary>
/// <param name="TransposeWeights">The weights are [N, K].</param>
/// <param name="Activation">What results are clamped to.</param>
public sealed record Dense(bool TransposeWeights, ValueRange Activation) : SingleOutputOperator
{
    private readonly MatMul _product = new(TransposeA: false, TransposeWeights);

    public override InputRange InputRange => new(2, 3);

    private protected override TensorType InferOutput(OperatorInputs inputs)
    {
        inputs.RequireRank(0, 2);
        inputs.RequireRank(1, 2);
        var type = _product.Infer(inputs.First(2))[0];
        ConvolutionRules.CheckBias(inputs, type.Shape.OrRank(2)[1]);
        return type;
    }

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context)
    {
        var result = _product.Evaluate(inputs.First(2), context)[0];
        if (inputs.Count > 2)
        {
            result = new BiasAdd().Evaluate(inputs.With([result, inputs.Value(2)]), context)[0];
        }

        return Activation == ValueRange.Unbounded ? result : new Clamp(Activation).Evaluate(inputs.With([result]), context)[0];
    }
}
