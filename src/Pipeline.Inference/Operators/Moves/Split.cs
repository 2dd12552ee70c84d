using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Cuts a value into equal parts along a dimension. Inputs: value, axis.</summary>
/// <param name="Count">The number of parts, which are the outputs.</param>
public sealed record Split(int Count) : Operator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    internal override IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
