using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>A function of each pair of booleans, shapes broadcast.</summary>
public sealed record Logical(LogicalFunction Function) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
