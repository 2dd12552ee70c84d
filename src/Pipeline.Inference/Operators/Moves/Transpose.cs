using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Reorders dimensions: dimension i of the result is dimension permutation[i] of the value. Inputs: value, permutation.</summary>
public sealed record Transpose : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
