using Pipeline.Inference.Execution;
using Pipeline.Inference.Tensors;

namespace Pipeline.Inference.Operators;

/// <summary>The k largest of the last dimension and their indices, the lower index first among equals. Inputs: value, k. Outputs: values, indices.</summary>
/// <param name="Sorted">Descending order is asked for; it is given in any case.</param>
public sealed record TopK(bool Sorted, DataType IndexType) : Operator
{
    public override InputRange InputRange => InputRange.Exactly(2);

    private protected override IReadOnlyList<TensorType> InferOutputs(OperatorInputs inputs) => throw inputs.Unsupported("it is not implemented.");

    private protected override IReadOnlyList<RuntimeValue> EvaluateOutputs(OperatorInputs inputs, IReadOnlyList<TensorType> types, EvaluationContext context) =>
        throw inputs.Unsupported("it is not implemented.");
}
