using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Stacks values of one shape along a new dimension.</summary>
/// <param name="Axis">The place of the new dimension in the result; negative counts from the end.</param>
public sealed record Pack(int Axis) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.AtLeast(1);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
