using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Matrix product over the last two dimensions, the others broadcast. Inputs: A […, M, K], B […, K, N].</summary>
/// <param name="TransposeA">A is […, K, M].</param>
/// <param name="TransposeB">B is […, N, K].</param>
public sealed record MatMul(bool TransposeA, bool TransposeB) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
