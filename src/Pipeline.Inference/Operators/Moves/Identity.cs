using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The input itself, of whatever kind it is.</summary>
public sealed record Identity : Operator
{
    public override InputRange InputRange => InputRange.Exactly(1);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => [inputs[0]];

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(
        OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) => [inputs.Value(0)];
}
