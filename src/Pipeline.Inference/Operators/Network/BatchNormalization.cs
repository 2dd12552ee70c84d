using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>(x − mean) · scale / sqrt(variance + ε) + offset</c> along the last dimension. Inputs: x NHWC, scale, offset, mean, variance.</summary>
public sealed record BatchNormalization(float Epsilon) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(5);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
