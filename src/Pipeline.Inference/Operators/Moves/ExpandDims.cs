using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Inserts a dimension of 1. Inputs: value, axis in the result.</summary>
public sealed record ExpandDims : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
