using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Running sum or product along an axis. Inputs: value, axis.</summary>
/// <param name="Exclusive">Element i does not take part in result i.</param>
/// <param name="Reverse">From the end.</param>
public sealed record Cumulate(CumulativeFunction Function, bool Exclusive, bool Reverse) : SingleOutputOperator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override TensorType InferOutput(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override RuntimeValue EvaluateOutput(OperatorInputs inputs, Shape shape, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
