using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A vector for each index, on at the index and off elsewhere. Inputs: indices, depth, on, off (scalars).</summary>
/// <param name="Axis">The place of the new dimension; -1 is last.</param>
public sealed record OneHot(int Axis) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(4);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
