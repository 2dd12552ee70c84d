using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>Cuts a value into parts of given sizes along a dimension. Inputs: value, sizes (one may be -1), axis.</summary>
/// <param name="Count">The number of parts, which are the outputs.</param>
public sealed record SplitSizes(int Count) : Operator
{
    public override InputRange InputRange => InputRange.Exactly(3);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    internal override IReadOnlyList<RuntimeValue> Evaluate(OperatorInputs inputs, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
