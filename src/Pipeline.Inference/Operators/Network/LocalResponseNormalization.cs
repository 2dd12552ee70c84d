using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Effectively computes <c>x / (bias + alpha · Σ x²)^beta</c>, the sum over the channels at most the radius away. Input: picture NHWC.</summary>
public sealed record LocalResponseNormalization(int DepthRadius, float Bias, float Alpha, float Beta) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
